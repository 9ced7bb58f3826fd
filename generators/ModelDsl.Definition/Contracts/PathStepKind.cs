namespace ModelDsl.Definition;

/// <summary>What stands on the way of a signal through a model.</summary>
public enum PathStepKind
{
    Convolution,
    Linear,
    Normalization,
    Activation,

    Pooling,

    /// <summary>A branch that is added to its input.</summary>
    Residual,

    /// <summary>A block, perhaps repeated.</summary>
    Block,

    /// <summary>What no judgment knows: a path that has one is not judged.</summary>
    Unknown,
}
