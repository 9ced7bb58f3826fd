namespace ModelDsl.Definition;

/// <summary>What a signal passes on its way through a model.</summary>
public enum SignalStepKind
{
    Convolution,
    Linear,
    Normalization,
    Activation,

    /// <summary>A branch that is added to its input.</summary>
    Residual,

    /// <summary>A block, perhaps repeated.</summary>
    Block,
}
