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

    /// <summary>What the theory of signals does not know: nothing is predicted of a path that holds it.</summary>
    Unknown,

    /// <summary>A layer that is there under a condition: the step's identity; what flows passes by otherwise.</summary>
    Optional,

    /// <summary>A branch that is added to its input, both times 1 / sqrt 2.</summary>
    BalancedResidual,

    /// <summary>A branch that is added to its input after a factor of its own, or that starts at zero.</summary>
    ScaledResidual,

    /// <summary>Branches that are joined other than by adding one to what flows.</summary>
    Branches,
}
