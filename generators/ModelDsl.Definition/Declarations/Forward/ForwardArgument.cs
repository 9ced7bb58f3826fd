namespace ModelDsl.Definition;

/// <summary>An argument of a call.</summary>
/// <param name="Name">The parameter, where the argument names it.</param>
/// <param name="Value">What is passed.</param>
/// <param name="Target">The local that a <c>ref</c> or <c>out</c> argument assigns.</param>
public sealed record ForwardArgument(string? Name, ForwardExpression Value, string? Target = null);
