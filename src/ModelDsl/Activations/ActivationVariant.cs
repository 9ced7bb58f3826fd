namespace ModelDsl;

/// <summary>The activations of an <see cref="Activation"/>.</summary>
public enum ActivationVariant
{
    /// <summary>None of its own: the model's choice applies, ReLU where there is none.</summary>
    Inherit,

    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>min(max(x, 0), 6).</summary>
    ReLU6,

    /// <summary>x where x > 0, else slope * x.</summary>
    LeakyReLU,

    /// <summary>x where x > 0, else a learned slope * x.</summary>
    PReLU,

    /// <summary>x where x > 0, else a slope * x that is random while training.</summary>
    RReLU,

    /// <summary>x where x > 0, else alpha * (exp(x) - 1).</summary>
    ELU,

    /// <summary>max(0, x) + min(0, alpha * (exp(x / alpha) - 1)).</summary>
    CELU,

    /// <summary>The scaled ELU.</summary>
    SELU,

    /// <summary>x Φ(x).</summary>
    GELU,

    /// <summary>x * sigmoid(x).</summary>
    SiLU,

    /// <summary>x * tanh(softplus(x)).</summary>
    Mish,

    /// <summary>x * min(max(x + 3, 0), 6) / 6.</summary>
    Hardswish,

    /// <summary>min(max(x / 6 + 1 / 2, 0), 1).</summary>
    Hardsigmoid,

    /// <summary>min(max(x, minimum), maximum).</summary>
    Hardtanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>log(1 + exp(beta * x)) / beta.</summary>
    Softplus,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>x moved towards 0 by lambda, 0 where it is nearer.</summary>
    Softshrink,

    /// <summary>x where |x| > lambda, else 0.</summary>
    Hardshrink,

    /// <summary>x - tanh(x).</summary>
    Tanhshrink,

    /// <summary>log(1 / (1 + exp(-x))).</summary>
    LogSigmoid,

    /// <summary>x where it exceeds a threshold, else a fixed value.</summary>
    Threshold,

    /// <summary>max(x, 0), shifted and scaled to mean 0 and variance 1 for standard normal x.</summary>
    ScaledReLU,

    /// <summary>A function of the caller's.</summary>
    Function,
}
