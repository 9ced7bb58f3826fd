using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Leaky rectified linear unit with a learned slope: x where x > 0, else weight * x (He et al. 2015). Same numbers, names and
/// initial values as <c>nn.PReLU</c>, which TorchSharp's <c>.to</c> breaks under NativeAOT; and slopes for each channel on
/// any axis.
/// </summary>
public sealed class PReLULayer : OwnLayer
{
    private readonly int _channelAxis;

    /// <summary>One slope for all.</summary>
    /// <param name="initial">The slope before training.</param>
    public PReLULayer(double initial = 0.25)
        : this(1, -1, initial)
    {
    }

    /// <summary>A slope for each channel.</summary>
    /// <param name="channels">C.</param>
    /// <param name="channelAxis">The axis of the channels.</param>
    /// <param name="initial">The slope before training.</param>
    public PReLULayer(long channels, int channelAxis, double initial = 0.25)
        : base(nameof(PReLULayer))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        _channelAxis = channelAxis;
        weight = Registered(nameof(weight), full(channels, initial));
    }

    /// <summary>The slopes, <c>[C]</c> or <c>[1]</c>.</summary>
    public Parameter weight { get; private set; }

    /// <summary>Applies the activation to a tensor of any shape with C channels on the channel axis.</summary>
    /// <returns>A tensor of the same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_channelAxis is -1 or 1 && input.dim() > 1)
            return input.prelu(weight);
        var shape = new long[input.dim()];
        Array.Fill(shape, 1);
        if (_channelAxis >= 0)
            shape[_channelAxis] = weight.numel();
        using var slopes = weight.view(shape);
        using var negative = input.clamp(max: 0);
        using var scaled = negative.mul(slopes);
        using var positive = input.relu();
        return positive.add(scaled);
    }

    private protected override void MoveParameters(ScalarType? dtype, Device? device) =>
        weight = Moved(nameof(weight), weight, dtype, device);
}
