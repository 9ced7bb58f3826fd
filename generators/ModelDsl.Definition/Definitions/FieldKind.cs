namespace ModelDsl.Definition;

/// <summary>What a generated field holds.</summary>
public enum FieldKind
{
    /// <summary>A layer.</summary>
    Layer,

    /// <summary>A normalization whose type alone does not say that it is one.</summary>
    Normalization,

    /// <summary>What decides at run time on a normalization and its activation, which it holds as modules.</summary>
    OpenNormalization,

    /// <summary>A module that the object in another field owns: no field, but an entry in the state dict.</summary>
    Owned,

    /// <summary>Blocks that are registered one by one under names over <c>index</c>.</summary>
    NamedBlocks,

    /// <summary>A parameter of the model's own that a layer multiplies by.</summary>
    Parameter,

    /// <summary>A number or flag that a body reads.</summary>
    Value,
}
