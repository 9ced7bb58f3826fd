using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Squeeze and excitation (Hu et al. 2018, arXiv 1709.01507): every channel is scaled by
/// gate(fc2(activation(fc1(mean over positions)))), with 1x1 convolutions fc1 and fc2. <c>[N, C, H, W]</c>; names and shapes are
/// torchvision's.
/// </summary>
public sealed class SqueezeExcite : OwnLayer
{
    private readonly Activation _activation;
    private readonly Activation _gate;

    /// <param name="channels">C.</param>
    /// <param name="squeezed">The channels between fc1 and fc2.</param>
    /// <param name="activation">The activation between them. Default: ReLU.</param>
    /// <param name="gate">What makes factors of the result. Default: sigmoid.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of channels isn't positive.</exception>
    public SqueezeExcite(long channels, long squeezed, Activation activation = default, Activation gate = default)
        : base(nameof(SqueezeExcite))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(squeezed);
        (_activation, _gate) = (activation, gate.Or(Activation.Sigmoid()));
        fc1 = nn.Conv2d(channels, squeezed, 1);
        fc2 = nn.Conv2d(squeezed, channels, 1);
        register_module(nameof(fc1), fc1);
        register_module(nameof(fc2), fc2);
    }

    /// <summary>From C channels to the squeezed ones.</summary>
    public Conv2d fc1 { get; }

    /// <summary>Back to C channels.</summary>
    public Conv2d fc2 { get; }

    /// <summary>Scales the channels of <c>[N, C, H, W]</c>.</summary>
    /// <returns>A tensor of the same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var pooled = input.mean([2, 3], keepdim: true);
        using var squeezed = fc1.call(pooled);
        using var activated = _activation.Apply(squeezed);
        using var excited = fc2.call(activated);
        using var factors = _gate.Apply(excited);
        return input.mul(factors);
    }
}
