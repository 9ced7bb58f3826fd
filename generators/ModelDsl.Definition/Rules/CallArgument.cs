namespace ModelDsl.Definition;

/// <summary>An argument of a call that builds a model.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Value">An integer or a flag (1 or 0) where it is a constant; null where it isn't known.</param>
public sealed record CallArgument(string Parameter, long? Value);
