using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// The normalization layers that generated code builds where <c>torch.nn</c> has no factory or one that can't be used as it is.
/// <c>nn.BatchNorm1d</c>, <c>nn.BatchNorm2d</c> and <c>nn.LayerNorm</c> are used directly; <c>nn.InstanceNorm2d</c> with
/// <c>affine: true</c>.
/// </summary>
/// <remarks>
/// <c>site</c> is the place in the model, <c>ResNet.Stem</c>: messages begin with it. Epsilon is 1e-5, PyTorch's default, unless
/// given.
/// </remarks>
public static class NormalizationLayers
{
    internal const double Epsilon = 1e-5;

    /// <summary>PyTorch's default momentum of running statistics.</summary>
    private const double Momentum = 0.1;

    /// <summary>
    /// TorchSharp's GroupNorm over <c>[N, C, ...]</c> with weight 1 and bias 0; TorchSharp itself leaves both uninitialised.
    /// </summary>
    /// <param name="site">The place in the model.</param>
    /// <param name="channels">C.</param>
    /// <param name="groups">The number of groups, or 0.</param>
    /// <param name="channelsPerGroup">The channels in each, or 0. Without either there are 32 groups (Wu and He 2018).</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <exception cref="ArgumentException">
    /// Both are given, one is negative, or C doesn't divide; the message has the remedy.
    /// </exception>
    public static GroupNorm GroupNorm(
        string site, long channels, long groups = 0, long channelsPerGroup = 0, double epsilon = Epsilon)
    {
        var layer = nn.GroupNorm(ChannelGroups.Count(site, channels, groups, channelsPerGroup), channels, epsilon);
        using var noGrad = no_grad();
        layer.weight.fill_(1);
        layer.bias!.fill_(0);
        return layer;
    }

    /// <summary>As <see cref="GroupNorm"/>, and records per-example squared gradient norms.</summary>
    /// <inheritdoc cref="GroupNorm"/>
    public static TrackedGroupNorm TrackedGroupNorm(
        string site, long channels, long groups = 0, long channelsPerGroup = 0, double epsilon = Epsilon) =>
        new(channels, ChannelGroups.Count(site, channels, groups, channelsPerGroup), epsilon);

    /// <summary>LayerNorm over the last axis of <c>[N, ..., C]</c> that records per-example squared gradient norms.</summary>
    /// <param name="site">The place in the model.</param>
    /// <param name="channels">C.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <exception cref="ArgumentException">C isn't positive.</exception>
    public static TrackedLayerNorm TrackedLayerNorm(string site, long channels, double epsilon = Epsilon)
    {
        if (channels <= 0)
            throw new ArgumentException($"{site}: LayerNorm over {channels} channels; give 1 or more.");
        return new(channels, epsilon);
    }

    /// <summary>
    /// The layer for a choice that is known only at run time: the same layer, with the same parameter names and numbers, that
    /// an attribute of that variant gives. On feature maps (channels at axis 1, positions behind them: <c>[N, C, H, W]</c>,
    /// <c>[N, C, T]</c>) LayerNorm is GroupNorm with one group; elsewhere it is over the last axis. A choice that inherits gives
    /// BatchNorm on feature maps and LayerNorm elsewhere. Where gradient noise is tracked, GroupNorm and LayerNorm are the
    /// layers that record it.
    /// </summary>
    /// <param name="choice">The choice.</param>
    /// <param name="site">What is normalized, and where.</param>
    /// <exception cref="ArgumentException">
    /// The variant is not defined at the site: GroupNorm and InstanceNorm need feature maps, BatchNorm feature maps or vectors
    /// <c>[N, C]</c>. Or the channels don't divide into the groups.
    /// </exception>
    public static nn.Module<Tensor, Tensor> Open(Normalization choice, NormalizationSite site)
    {
        var resolved = choice.Or(IsFeatureMap(site) ? Normalization.Batch() : Normalization.Layer());
        return resolved.Variant switch
        {
            NormalizationVariant.Batch => OpenBatch(resolved, site),
            NormalizationVariant.Layer => OpenLayer(resolved, site),
            NormalizationVariant.Group => OpenGroup(resolved, site),
            NormalizationVariant.Instance => OpenInstance(resolved, site),
            NormalizationVariant.Custom => resolved.Build!(site),
            _ => throw new ArgumentException($"{site.Name}: no layer for {resolved.Variant}."),
        };
    }

    private static nn.Module<Tensor, Tensor> OpenBatch(Normalization choice, NormalizationSite site) => site switch
    {
        { Rank: 4, ChannelAxis: 1 } => nn.BatchNorm2d(site.Channels, EpsilonOf(choice), MomentumOf(choice)),
        { Rank: 2 or 3, ChannelAxis: 1 } => nn.BatchNorm1d(site.Channels, EpsilonOf(choice), MomentumOf(choice)),
        { Rank: 5, ChannelAxis: 1 } => nn.BatchNorm3d(site.Channels, EpsilonOf(choice), MomentumOf(choice)),
        _ => throw Undefined("BatchNorm", site, "feature maps [N, C, H, W] or vectors [N, C]"),
    };

    private static nn.Module<Tensor, Tensor> OpenLayer(Normalization choice, NormalizationSite site)
    {
        if (IsFeatureMap(site))
            return GroupLayer(choice, site, groups: 1, channelsPerGroup: 0);
        return choice.TracksGradientNoise
            ? TrackedLayerNorm(site.Name, site.Channels, EpsilonOf(choice))
            : nn.LayerNorm(site.Channels, EpsilonOf(choice));
    }

    private static nn.Module<Tensor, Tensor> OpenGroup(Normalization choice, NormalizationSite site)
    {
        if (!IsFeatureMap(site))
            throw Undefined("GroupNorm", site, "feature maps [N, C, H, W]");
        return GroupLayer(choice, site, choice.Groups, choice.ChannelsPerGroup);
    }

    private static nn.Module<Tensor, Tensor> GroupLayer(
        Normalization choice, NormalizationSite site, long groups, long channelsPerGroup) =>
        choice.TracksGradientNoise
            ? TrackedGroupNorm(site.Name, site.Channels, groups, channelsPerGroup, EpsilonOf(choice))
            : GroupNorm(site.Name, site.Channels, groups, channelsPerGroup, EpsilonOf(choice));

    private static nn.Module<Tensor, Tensor> OpenInstance(Normalization choice, NormalizationSite site) => site switch
    {
        { Rank: 4, ChannelAxis: 1 } => nn.InstanceNorm2d(site.Channels, EpsilonOf(choice), affine: true),
        { Rank: 3, ChannelAxis: 1 } => nn.InstanceNorm1d(site.Channels, EpsilonOf(choice), affine: true),
        { Rank: 5, ChannelAxis: 1 } => nn.InstanceNorm3d(site.Channels, EpsilonOf(choice), affine: true),
        _ => throw Undefined("InstanceNorm", site, "feature maps [N, C, H, W]"),
    };

    private static double EpsilonOf(Normalization choice) => choice.Epsilon > 0 ? choice.Epsilon : Epsilon;

    private static double MomentumOf(Normalization choice) => choice.Momentum > 0 ? choice.Momentum : Momentum;

    private static bool IsFeatureMap(NormalizationSite site) => site is { Rank: >= 3, ChannelAxis: 1 };

    private static ArgumentException Undefined(string layer, NormalizationSite site, string needed) => new(
        $"{site.Name}: {layer} needs {needed}, but the input has rank {site.Rank} with its {site.Channels} channels at axis " +
        $"{site.ChannelAxis}; choose Normalization.Layer() there.");
}
