using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// GroupNorm (Wu and He 2018): each group of channels of each example of <c>[N, C, ...]</c> over its positions, by the biased
/// variance. With one group it is the LayerNorm of feature maps, over channels and positions.
/// </summary>
/// <remarks>
/// The numbers of <c>nn.GroupNorm</c>, whose weight and bias TorchSharp leaves uninitialised. A group of one value, or of equal
/// ones, gives the bias.
/// </remarks>
public class GroupNormLayer : ChannelNormalizationLayer
{
    internal GroupNormLayer(string site, long channels, long groups, double epsilon, Activation? activation = null)
        : this(nameof(GroupNormLayer), site, channels, groups, epsilon, activation)
    {
    }

    private protected GroupNormLayer(
        string name, string site, long channels, long groups, double epsilon, Activation? activation)
        : base(name, site, channels, activation, leastRank: 2) =>
        (Groups, Epsilon) = (groups, NormalizationOptions.Epsilon(site, epsilon));

    /// <summary>The number of groups, G.</summary>
    public long Groups { get; }

    /// <summary>What is added to the variance.</summary>
    private protected double Epsilon { get; }

    // One group is the LayerNorm of feature maps.
    private protected sealed override NormalizationVariant Variant =>
        Groups == 1 ? NormalizationVariant.Layer : NormalizationVariant.Group;

    private protected override Tensor Compute(Tensor input, Tensor? addend) =>
        Fused(input, addend) ?? Finish(F.group_norm(input, Groups, weight, bias, Epsilon), addend);

    /// <summary>By the kernel; null where it can't run.</summary>
    private protected Tensor? Fused(Tensor input, Tensor? addend, Action<IReadOnlyList<Tensor>>? deliver = null) =>
        Kernels.GroupNorm.TryRun(input, addend, Groups, weight, bias, Epsilon, Activation, deliver);
}
