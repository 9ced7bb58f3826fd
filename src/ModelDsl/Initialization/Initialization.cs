using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// How weights are drawn. Numbers come from torch's generator, so <c>torch.manual_seed</c> fixes them. In every option but the
/// bounds 0 means unset: <see cref="Init"/> says what holds then.
/// </summary>
/// <param name="Scheme">How weights are drawn.</param>
public readonly record struct Initialization(Init Scheme)
{
    /// <summary>PyTorch's bounds of a truncated normal distribution, in absolute values.</summary>
    private const double TruncatedAt = 2;

    /// <summary>The slope of PyTorch's leaky ReLU.</summary>
    private const double DefaultSlope = 0.01;

    /// <inheritdoc cref="InitializationAttribute.Fan"/>
    public FanMode Fan { get; init; }

    /// <inheritdoc cref="InitializationAttribute.Gain"/>
    public double Gain { get; init; }

    /// <inheritdoc cref="InitializationAttribute.Activation"/>
    public ActivationVariant Activation { get; init; }

    /// <inheritdoc cref="InitializationAttribute.Slope"/>
    public double Slope { get; init; }

    /// <inheritdoc cref="InitializationAttribute.Value"/>
    public double Value { get; init; }

    /// <inheritdoc cref="InitializationAttribute.Deviation"/>
    public double Deviation { get; init; }

    /// <inheritdoc cref="InitializationAttribute.Low"/>
    public double? Low { get; init; }

    /// <inheritdoc cref="InitializationAttribute.High"/>
    public double? High { get; init; }

    /// <inheritdoc cref="InitializationAttribute.Bias"/>
    public Init Bias { get; init; }

    /// <inheritdoc cref="InitializationAttribute.BiasValue"/>
    public double BiasValue { get; init; }

    /// <inheritdoc cref="InitializationAttribute.BiasDeviation"/>
    public double BiasDeviation { get; init; }

    /// <summary>
    /// Draws a layer's weights, and its biases where <see cref="Bias"/> says so: the parameters whose names have
    /// <c>weight</c> (of rank 2 or more) and <c>bias</c> in them, of the layer and of what it holds. Normalization layers and
    /// models that it holds stay as they are.
    /// </summary>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">
    /// The bounds or the deviation don't fit the scheme, the scheme doesn't fit biases, PyTorch has no gain for the activation,
    /// or a value is none of its enumeration.
    /// </exception>
    public TLayer Apply<TLayer>(TLayer layer)
        where TLayer : nn.Module
    {
        ArgumentNullException.ThrowIfNull(layer);
        using var noGradients = no_grad();
        Fill((nn.Module)layer);
        return layer;
    }

    /// <summary>A parameter of a model's own, not held by any scope; unless a scheme is given it is normal.</summary>
    /// <exception cref="ArgumentException">The bounds or the deviation don't fit the scheme, or the scheme the rank.</exception>
    public Parameter Parameter(params long[] shape)
    {
        var scheme = Scheme == Init.Default ? Init.Normal : Scheme;
        var parameter = new Parameter((this with { Scheme = scheme }).Buffer(shape));
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    /// <summary>A buffer of a model's own, not held by any scope; unless a scheme is given it is zero.</summary>
    /// <inheritdoc cref="Parameter"/>
    public Tensor Buffer(params long[] shape)
    {
        var buffer = zeros(shape).DetachFromDisposeScope();
        using var noGradients = no_grad();
        Draw(buffer);
        return buffer;
    }

    private void Fill(nn.Module layer)
    {
        if (layer is IModel || IsNormalization(layer))
            return;
        foreach (var (name, parameter) in layer.named_parameters(recurse: false))
        {
            if (name.Contains("weight", StringComparison.Ordinal) && parameter.ndim >= 2)
                Draw(parameter);
            else if (name.Contains("bias", StringComparison.Ordinal))
                DrawBias(parameter);
        }
        foreach (var child in layer.children())
            Fill(child);
    }

    // A parametrized weight is drawn as its host's would be; the gain beside it has another name.
    private static bool IsNormalization(nn.Module layer) =>
        layer is not ParametrizedWeightLayer && NormalizationTags.VariantOf(layer) != NormalizationVariant.Inherit;

    private void Draw(Tensor weight)
    {
        if (weight.numel() > 0)
            Distribution(weight).Draw(weight);
    }

    private void DrawBias(Tensor bias)
    {
        if (Bias is not (Init.Default or Init.Zeros or Init.Ones or Init.Constant or Init.Normal))
            throw new ArgumentException($"Biases are zeros, ones, constant or normal, not {Bias}.");
        new Initialization(Bias) { Value = BiasValue, Deviation = BiasDeviation }.Draw(bias);
    }

    private WeightDistribution Distribution(Tensor weight) => Scheme switch
    {
        Init.Default => WeightDistribution.AsItIs,
        Init.Zeros => WeightDistribution.Constant(0),
        Init.Ones => WeightDistribution.Constant(1),
        Init.Constant => WeightDistribution.Constant(Value),
        Init.Normal => WeightDistribution.Normal(Value, StandardDeviation),
        Init.TruncatedNormal =>
            WeightDistribution.TruncatedNormal(Value, StandardDeviation, Low ?? -TruncatedAt, High ?? TruncatedAt),
        Init.Uniform => WeightDistribution.Uniform(Low ?? 0, High ?? 1),
        Init.XavierUniform => Symmetric(GainOr(1) * Math.Sqrt(6.0 / FansOf(weight).Sum)),
        Init.XavierNormal => WeightDistribution.Normal(0, GainOr(1) * Math.Sqrt(2.0 / FansOf(weight).Sum)),
        Init.KaimingUniform => Symmetric(GainOr(LeakyGain(Slope)) * Math.Sqrt(3.0 / FanOf(weight))),
        Init.KaimingNormal => WeightDistribution.Normal(0, GainOr(LeakyGain(Slope)) / Math.Sqrt(FanOf(weight))),
        Init.Orthogonal => WeightDistribution.Orthogonal(GainOr(1)),
        _ => throw new ArgumentException($"The scheme {Scheme} is not one of Init."),
    };

    private double StandardDeviation => Deviation == 0 ? 1 : Deviation;

    /// <summary>The gain that is said, else that of the activation that is said, else another one.</summary>
    private double GainOr(double gain) =>
        Gain != 0 ? Gain
        : Activation == ActivationVariant.Inherit ? gain
        : GainOf(Activation);

    /// <summary>PyTorch's <c>calculate_gain</c>.</summary>
    private double GainOf(ActivationVariant activation) => activation switch
    {
        ActivationVariant.ReLU => LeakyGain(0),
        ActivationVariant.LeakyReLU => LeakyGain(Slope == 0 ? DefaultSlope : Slope),
        ActivationVariant.Sigmoid => 1,
        ActivationVariant.Tanh => 5.0 / 3,
        ActivationVariant.SELU => 0.75,
        _ => throw new ArgumentException(
            $"PyTorch has no gain for {activation}, only for ReLU, LeakyReLU, Sigmoid, Tanh and SELU; say a Gain instead."),
    };

    private static double LeakyGain(double slope) => Math.Sqrt(2 / (1 + (slope * slope)));

    private static WeightDistribution Symmetric(double bound) => WeightDistribution.Uniform(-bound, bound);

    private long FanOf(Tensor weight) => Fan switch
    {
        FanMode.In => FansOf(weight).In,
        FanMode.Out => FansOf(weight).Out,
        _ => throw new ArgumentException($"The fan {Fan} is not one of FanMode."),
    };

    private (long In, long Out, long Sum) FansOf(Tensor weight)
    {
        var shape = weight.shape;
        if (shape.Length < 2)
            throw new ArgumentException(
                $"{Scheme} needs a weight of two axes or more, not [{string.Join(", ", shape)}]; choose Normal and a Deviation.");
        var positions = weight.numel() / (shape[0] * shape[1]);
        return (shape[1] * positions, shape[0] * positions, (shape[0] + shape[1]) * positions);
    }
}
