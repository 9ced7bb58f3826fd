namespace ModelDsl;

/// <summary>
/// How weights are drawn instead of PyTorch's own way: on a stage for its layers, on a property for itself, on a class for all
/// of its own layers, on the assembly for all models. The nearest counts; a nested model's layers follow that model's own.
/// Normalization layers keep weight 1 and bias 0.
/// </summary>
/// <remarks>In every option 0 means unset: <see cref="Init"/> says what holds then.</remarks>
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

    /// <summary>The slope of the leaky ReLU that Kaiming's schemes allow for. Default: 0, a ReLU.</summary>
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
