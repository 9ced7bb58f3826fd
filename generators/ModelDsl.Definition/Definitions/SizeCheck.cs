namespace ModelDsl.Definition;

/// <summary>A size that must be positive when the model is built.</summary>
/// <param name="Stage">The stage that declares it.</param>
/// <param name="Code">C# over the constructor's parameters.</param>
public sealed record SizeCheck(string Stage, string Code);
