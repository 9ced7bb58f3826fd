using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// InstanceNorm (Ulyanov, Vedaldi and Lempitsky 2016): each channel of each example of <c>[N, C, ...]</c> over its positions, by
/// the biased variance, with an affine per channel; no running statistics. The numbers of <c>nn.InstanceNorm2d</c> with
/// <c>affine: true</c>.
/// </summary>
/// <remarks>A channel of one position, or of equal values, gives the bias.</remarks>
public class InstanceNormLayer : ChannelNormalizationLayer
{
    internal InstanceNormLayer(string site, long channels, double epsilon, Activation? activation = null)
        : this(nameof(InstanceNormLayer), site, channels, epsilon, activation)
    {
    }

    private protected InstanceNormLayer(string name, string site, long channels, double epsilon, Activation? activation)
        : base(name, site, channels, activation, leastRank: 3) =>
        Epsilon = NormalizationOptions.Epsilon(site, epsilon);

    /// <summary>What is added to the variance.</summary>
    private protected double Epsilon { get; }

    private protected sealed override NormalizationVariant Variant => NormalizationVariant.Instance;

    private protected override Tensor Compute(Tensor input, Tensor? addend) =>
        Fused(input, addend) ?? Finish(F.group_norm(input, Channels, weight, bias, Epsilon), addend);

    /// <summary>By the kernel; null where it can't run.</summary>
    private protected Tensor? Fused(Tensor input, Tensor? addend, Action<IReadOnlyList<Tensor>>? deliver = null) =>
        Kernels.GroupNorm.TryRun(input, addend, Channels, weight, bias, Epsilon, Activation, deliver);
}
