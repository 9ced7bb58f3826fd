namespace ModelDsl.Definition;

/// <summary>An expression-bodied property that size expressions may name.</summary>
public sealed record SizePropertyDeclaration(string Name, string Expression);
