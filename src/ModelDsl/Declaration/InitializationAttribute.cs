namespace ModelDsl;

/// <summary>
/// How weights are drawn instead of PyTorch's own way: on a stage for its layers, on a property for itself, on a class for all
/// of its own layers, on the assembly for all models. The nearest counts; a nested model's layers follow that model's own.
/// Normalization layers keep weight 1 and bias 0.
/// </summary>
/// <remarks>
/// In every option but the bounds 0 means unset: <see cref="Init"/> says what holds then. An option that the scheme does not
/// take is an error.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Assembly,
    Inherited = false)]
public sealed class InitializationAttribute(Init scheme) : Attribute
{
    /// <summary>How weights are drawn.</summary>
    public Init Scheme { get; } = scheme;

    /// <summary>Which fan Kaiming's schemes take. Default: that of the inputs.</summary>
    public FanMode Fan { get; set; }

    /// <summary>The gain of Xavier's, Kaiming's and the orthogonal schemes. Default: that of <see cref="Init"/>.</summary>
    public double Gain { get; set; }

    /// <summary>
    /// The activation behind the layers, whose gain Xavier's, Kaiming's and the orthogonal schemes then take: PyTorch's
    /// <c>calculate_gain</c>, sqrt 2 for <see cref="ActivationVariant.ReLU"/>, sqrt(2 / (1 + slope^2)) for
    /// <see cref="ActivationVariant.LeakyReLU"/>, 5/3 for <see cref="ActivationVariant.Tanh"/>, 3/4 for
    /// <see cref="ActivationVariant.SELU"/>, 1 for <see cref="ActivationVariant.Sigmoid"/>. Default: that of <see cref="Init"/>.
    /// </summary>
    public ActivationVariant Activation { get; set; }

    /// <summary>
    /// The slope of a leaky ReLU: of Kaiming's schemes where no <see cref="Activation"/> is said, default 0, a ReLU; of
    /// <see cref="ActivationVariant.LeakyReLU"/>, default 0.01.
    /// </summary>
    public double Slope { get; set; }

    /// <summary>The constant, or the mean of a normal distribution. Default: 0.</summary>
    public double Value { get; set; }

    /// <summary>The standard deviation of a normal distribution. Default: 1.</summary>
    public double Deviation { get; set; }

    /// <summary>The lower bound. Default: 0 for uniform, -2 for truncated normal weights.</summary>
    public double Low { get; set; }

    /// <summary>The upper bound. Default: 1 for uniform, 2 for truncated normal weights.</summary>
    public double High { get; set; }

    /// <summary>
    /// How the layers' biases are drawn: <see cref="Init.Zeros"/>, <see cref="Init.Ones"/>, <see cref="Init.Constant"/> or
    /// <see cref="Init.Normal"/>. Default: PyTorch's way.
    /// </summary>
    public Init Bias { get; set; }

    /// <summary>The constant, or the mean of normal biases. Default: 0.</summary>
    public double BiasValue { get; set; }

    /// <summary>The standard deviation of normal biases. Default: 1.</summary>
    public double BiasDeviation { get; set; }
}
