using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// A choice of activation, passed to a model through a constructor parameter. <c>default</c> means "inherit": the model's own
/// choice applies, ReLU where it has none.
/// </summary>
/// <remarks>Formulas, defaults and papers stand on the attributes of the same names.</remarks>
public readonly record struct Activation
{
    private readonly double _first;
    private readonly double _second;
    private readonly Func<Tensor, Tensor>? _function;

    private Activation(ActivationVariant variant, double first = 0, double second = 0, Func<Tensor, Tensor>? function = null) =>
        (Variant, _first, _second, _function) = (variant, first, second, function);

    /// <summary>The activation, or <see cref="ActivationVariant.Inherit"/>.</summary>
    public ActivationVariant Variant { get; }

    /// <summary>Whether it is a layer with state or a mode of its own, not a function: PReLU and RReLU.</summary>
    public bool NeedsLayer => Variant is ActivationVariant.PReLU or ActivationVariant.RReLU;

    /// <summary>
    /// 1 / sqrt(Var f(z)) for standard normal z: what scaled weight standardization multiplies weights by so that the variance
    /// stays 1 behind the activation (Brock, De and Smith 2021). ReLU: 1.712858. PReLU and RReLU count with the slope that they
    /// start with, or have on average.
    /// </summary>
    /// <exception cref="InvalidOperationException">A function of one's own gives values that don't vary or aren't finite.
    /// </exception>
    public double Gain => Variant switch
    {
        ActivationVariant.Inherit or ActivationVariant.ReLU => ActivationGain.OfSlope(0),
        ActivationVariant.LeakyReLU or ActivationVariant.PReLU => ActivationGain.OfSlope(_first),
        ActivationVariant.RReLU => ActivationGain.OfSlope((_first + _second) / 2),
        _ => ActivationGain.Of(this),
    };

    /// <summary>max(x, 0).</summary>
    public static Activation ReLU() => new(ActivationVariant.ReLU);

    /// <summary>min(max(x, 0), 6).</summary>
    public static Activation ReLU6() => new(ActivationVariant.ReLU6);

    /// <summary>x where x > 0, else <paramref name="negativeSlope"/> * x.</summary>
    public static Activation LeakyReLU(double negativeSlope = 0.01) => new(ActivationVariant.LeakyReLU, negativeSlope);

    /// <summary>x where x > 0, else a learned slope * x: one slope, or one for each channel.</summary>
    public static Activation PReLU(double initial = 0.25, bool perChannel = false) =>
        new(ActivationVariant.PReLU, initial, perChannel ? 1 : 0);

    /// <summary>x where x > 0, else a slope * x, drawn from U(lower, upper) while training, their mean in evaluation.</summary>
    public static Activation RReLU(double lower = 0.125, double upper = 1.0 / 3) => new(ActivationVariant.RReLU, lower, upper);

    /// <summary>x where x > 0, else <paramref name="alpha"/> * (exp(x) - 1).</summary>
    public static Activation ELU(double alpha = 1) => new(ActivationVariant.ELU, alpha);

    /// <summary>max(0, x) + min(0, <paramref name="alpha"/> * (exp(x / alpha) - 1)).</summary>
    public static Activation CELU(double alpha = 1) => new(ActivationVariant.CELU, alpha);

    /// <summary>The scaled ELU.</summary>
    public static Activation SELU() => new(ActivationVariant.SELU);

    /// <summary>x Φ(x), with Φ by tanh where <paramref name="approximate"/>.</summary>
    public static Activation GELU(bool approximate = false) => new(ActivationVariant.GELU, approximate ? 1 : 0);

    /// <summary>x * sigmoid(x).</summary>
    public static Activation SiLU() => new(ActivationVariant.SiLU);

    /// <summary>x * tanh(softplus(x)).</summary>
    public static Activation Mish() => new(ActivationVariant.Mish);

    /// <summary>x * min(max(x + 3, 0), 6) / 6.</summary>
    public static Activation Hardswish() => new(ActivationVariant.Hardswish);

    /// <summary>min(max(x / 6 + 1 / 2, 0), 1).</summary>
    public static Activation Hardsigmoid() => new(ActivationVariant.Hardsigmoid);

    /// <summary>min(max(x, <paramref name="minimum"/>), <paramref name="maximum"/>).</summary>
    public static Activation Hardtanh(double minimum = -1, double maximum = 1) =>
        new(ActivationVariant.Hardtanh, minimum, maximum);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Activation Sigmoid() => new(ActivationVariant.Sigmoid);

    /// <summary>The hyperbolic tangent.</summary>
    public static Activation Tanh() => new(ActivationVariant.Tanh);

    /// <summary>log(1 + exp(beta * x)) / beta; x itself where beta * x exceeds <paramref name="threshold"/>.</summary>
    public static Activation Softplus(double beta = 1, double threshold = 20) =>
        new(ActivationVariant.Softplus, beta, threshold);

    /// <summary>x / (1 + |x|).</summary>
    public static Activation Softsign() => new(ActivationVariant.Softsign);

    /// <summary>x moved towards 0 by <paramref name="lambda"/>, 0 where it is nearer.</summary>
    public static Activation Softshrink(double lambda = 0.5) => new(ActivationVariant.Softshrink, lambda);

    /// <summary>x where |x| > <paramref name="lambda"/>, else 0.</summary>
    public static Activation Hardshrink(double lambda = 0.5) => new(ActivationVariant.Hardshrink, lambda);

    /// <summary>x - tanh(x).</summary>
    public static Activation Tanhshrink() => new(ActivationVariant.Tanhshrink);

    /// <summary>log(1 / (1 + exp(-x))).</summary>
    public static Activation LogSigmoid() => new(ActivationVariant.LogSigmoid);

    /// <summary>x where it exceeds <paramref name="limit"/>, else <paramref name="value"/>.</summary>
    public static Activation Threshold(double limit, double value) => new(ActivationVariant.Threshold, limit, value);

    /// <summary>
    /// sqrt(2 pi / (pi - 1)) * (max(x, 0) - sqrt(1 / (2 pi))): the ReLU that goes with weight normalization, of mean 0 and
    /// variance 1 for standard normal x (Arpit et al. 2016; Lubana et al. 2021).
    /// </summary>
    public static Activation ScaledReLU() => new(ActivationVariant.ScaledReLU);

    /// <summary>
    /// A function of your own, applied to each value by itself: from a tensor to one of the same shape, whatever that is. It must
    /// not change its input.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    public static Activation Of(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(ActivationVariant.Function, function: function);
    }

    /// <summary>This choice, or <paramref name="fallback"/> where this one inherits.</summary>
    public Activation Or(Activation fallback) => Variant == ActivationVariant.Inherit ? fallback : this;

    /// <summary>Applies the activation to a tensor of any shape, ReLU where it inherits. The input stays as it is.</summary>
    /// <returns>A tensor of its own of the same shape.</returns>
    /// <exception cref="InvalidOperationException">
    /// The activation is a layer (<see cref="NeedsLayer"/>): build it by <see cref="ActivationLayers.Open"/>.
    /// </exception>
    public Tensor Apply(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Variant switch
        {
            ActivationVariant.Inherit or ActivationVariant.ReLU => input.relu(),
            ActivationVariant.ReLU6 => input.relu6(),
            ActivationVariant.LeakyReLU => input.leaky_relu(_first),
            ActivationVariant.ELU => input.elu(_first),
            ActivationVariant.CELU => input.celu(_first),
            ActivationVariant.SELU => input.selu(),
            ActivationVariant.GELU => _first == 0 ? input.gelu() : input.gelu(global::TorchSharp.Modules.GELU.Approximate.tanh),
            ActivationVariant.SiLU => input.silu(),
            ActivationVariant.Mish => F.mish(input),
            ActivationVariant.Hardswish => input.hardswish(),
            ActivationVariant.Tanh => input.tanh(),
            ActivationVariant.Function => Own(input),
            _ => Bounded(input),
        };
    }

    /// <summary>Whether it is ReLU, also by inheriting.</summary>
    internal bool IsReLU => Variant is ActivationVariant.Inherit or ActivationVariant.ReLU;

    /// <summary>Applies the activation to a tensor that nobody else has and no backward function needs, and frees that.</summary>
    /// <returns>The tensor itself where the activation's backward function needs only its own output; else a new one.</returns>
    internal Tensor ApplyInPlace(Tensor input)
    {
        if (IsReLU)
            return input.relu_();
        if (Variant == ActivationVariant.Sigmoid)
            return input.sigmoid_();
        if (Variant == ActivationVariant.Tanh)
            return input.tanh_();
        using (input)
            return Apply(input);
    }

    /// <summary>What the layers of PReLU (initial, 1 for a slope a channel) and RReLU (bounds) are made from.</summary>
    internal (double First, double Second) LayerOptions => (_first, _second);

    private Tensor Bounded(Tensor input) => Variant switch
    {
        ActivationVariant.Hardsigmoid => input.hardsigmoid(),
        // Tensor.hardtanh returns its input unchanged.
        ActivationVariant.Hardtanh => input.clone().hardtanh_(_first, _second),
        ActivationVariant.Sigmoid => input.sigmoid(),
        ActivationVariant.Softplus => input.softplus(_first, _second),
        ActivationVariant.Softsign => F.softsign(input),
        ActivationVariant.Softshrink => F.softshrink(input, _first),
        ActivationVariant.Hardshrink => F.hardshrink(input, _first),
        ActivationVariant.Tanhshrink => F.tanhshrink(input),
        ActivationVariant.LogSigmoid => input.log_sigmoid(),
        ActivationVariant.Threshold => input.threshold(_first, _second),
        ActivationVariant.ScaledReLU => Scaled(input),
        _ => throw new InvalidOperationException(
            $"{Variant} is a layer, not a function: build it by ActivationLayers.Open."),
    };

    private static Tensor Scaled(Tensor input)
    {
        using Scalar scale = Math.Sqrt(2 * Math.PI / (Math.PI - 1));
        using Scalar shift = -Math.Sqrt(1 / (Math.PI - 1));
        using var positive = input.relu();
        return positive.mul(scale).add_(shift);
    }

    /// <summary>Callers free input and output independently: a function that returns its input gives an alias.</summary>
    private Tensor Own(Tensor input)
    {
        var output = _function!(input);
        return ReferenceEquals(output, input) ? input.alias() : output;
    }
}
