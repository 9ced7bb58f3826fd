namespace ModelDsl.Definition;

/// <summary>A bare name: a local, a parameter, a member of the class, or the head of a qualified name.</summary>
public sealed record NameExpression(string Name) : ForwardExpression;
