namespace ModelDsl.Definition;

/// <summary>A layer that shares its weight with another.</summary>
/// <param name="Field">The layer's field.</param>
/// <param name="Weight">C# of the weight that it takes: <c>_tokens.weight</c>.</param>
/// <param name="IsOptional">Whether the layer may be absent.</param>
public sealed record TieDefinition(string Field, string Weight, bool IsOptional);
