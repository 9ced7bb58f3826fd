namespace ModelDsl.Definition;

/// <summary>A name in a block's arguments, and how C# says the same where there are no usings.</summary>
public sealed record QualifiedName(string Name, string Code);
