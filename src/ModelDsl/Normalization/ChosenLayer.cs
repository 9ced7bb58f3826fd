using static TorchSharp.torch;
using Layers = ModelDsl.NormalizationLayers;

namespace ModelDsl;

/// <summary>Builds the layer of a choice at a site, where there is one.</summary>
internal static class ChosenLayer
{
    private const string FeatureMaps = "feature maps [N, C, H, W]";

    /// <summary>The layer; null for the variants that have none.</summary>
    /// <param name="choice">A choice that doesn't inherit.</param>
    /// <param name="site">The place.</param>
    /// <param name="activation">What a plain normalization applies at the end.</param>
    /// <param name="isThresholded">Whether filter response normalization has its threshold.</param>
    /// <exception cref="ArgumentException">The variant is not defined at the site.</exception>
    public static nn.Module<Tensor, Tensor>? Build(
        Normalization choice, NormalizationSite site, Activation? activation = null, bool isThresholded = false)
    {
        RequireSite(choice, site);
        var (name, channels) = (site.Name, site.Channels);
        var epsilon = EpsilonOf(choice);
        return choice.Variant switch
        {
            NormalizationVariant.Batch => Layers.BatchNorm(name, channels, epsilon, MomentumOf(choice), activation),
            NormalizationVariant.Variance => Layers.VarianceNorm(name, channels, epsilon, MomentumOf(choice), activation),
            NormalizationVariant.Layer => Layer(choice, site, activation),
            NormalizationVariant.Group => Group(choice, site, choice.Groups, choice.ChannelsPerGroup, activation),
            NormalizationVariant.Instance => choice.TracksGradientNoise
                ? Layers.TrackedInstanceNorm(name, channels, epsilon, activation)
                : Layers.InstanceNorm(name, channels, epsilon, activation),
            NormalizationVariant.RMS => RMS(choice, site, activation),
            NormalizationVariant.FilterResponse => choice.TracksGradientNoise
                ? Layers.TrackedFilterResponseNorm(name, channels, epsilon, isThresholded)
                : Layers.FilterResponseNorm(name, channels, epsilon, isThresholded),
            NormalizationVariant.Custom => choice.Build!(site) ?? throw new ArgumentException(
                $"{name}: the function of Normalization.Custom gave null; where nothing is to be normalized it gives "
                    + "nn.Identity()."),
            _ => choice.IsWithoutLayer ? null : EvoNorm(choice, site),
        };
    }

    private static EvoNormLayer EvoNorm(Normalization choice, NormalizationSite site)
    {
        var (name, channels, epsilon, momentum) = (site.Name, site.Channels, EpsilonOf(choice), MomentumOf(choice));
        var (groups, size) = (choice.Groups, choice.ChannelsPerGroup);
        return choice.Variant switch
        {
            NormalizationVariant.EvoNormB0 => Layers.EvoNormB0(name, channels, epsilon, momentum),
            NormalizationVariant.EvoNormB1 => Layers.EvoNormB1(name, channels, epsilon, momentum),
            NormalizationVariant.EvoNormB2 => Layers.EvoNormB2(name, channels, epsilon, momentum),
            NormalizationVariant.EvoNormS0 => Layers.EvoNormS0(name, channels, groups, size, epsilon),
            NormalizationVariant.EvoNormS1 => Layers.EvoNormS1(name, channels, groups, size, epsilon),
            NormalizationVariant.EvoNormS2 => Layers.EvoNormS2(name, channels, groups, size, epsilon),
            _ => throw new ArgumentException($"{name}: no layer for {choice.Variant.AttributeName()}."),
        };
    }

    private static NormalizationLayer Layer(Normalization choice, NormalizationSite site, Activation? activation)
    {
        if (choice.Over == LayerNormOver.LastAxes)
            return LastAxes(choice, site, activation);
        if (site.IsFeatureMap && choice.Over != LayerNormOver.Channels)
            return Group(choice, site, groups: 1, channelsPerGroup: 0, activation);
        var axis = site.IsFeatureMap ? 1 : -1;
        return choice.TracksGradientNoise
            ? Layers.TrackedLayerNorm(site.Name, site.Channels, EpsilonOf(choice), axis, activation)
            : Layers.LayerNorm(site.Name, site.Channels, EpsilonOf(choice), axis, activation);
    }

    private static LayerNormLayer LastAxes(Normalization choice, NormalizationSite site, Activation? activation)
    {
        var axes = Math.Max(1, choice.Axes);
        long[] known = site.Sizes is { } sizes ? [.. sizes] : site.ChannelAxis == site.Rank - 1 ? [site.Channels] : [];
        if (axes > known.Length)
            throw new ArgumentException(
                $"{site.Name}: LayerNorm over the last {axes} axes needs their sizes, but {known.Length} are known there; " +
                "choose Normalization.Layer(), or fewer axes.");
        var shape = known[^axes..];
        return choice.TracksGradientNoise
            ? Layers.TrackedLayerNorm(site.Name, shape, EpsilonOf(choice), activation)
            : Layers.LayerNorm(site.Name, shape, EpsilonOf(choice), activation);
    }

    private static GroupNormLayer Group(
        Normalization choice, NormalizationSite site, long groups, long channelsPerGroup, Activation? activation) =>
        choice.TracksGradientNoise
            ? Layers.TrackedGroupNorm(site.Name, site.Channels, groups, channelsPerGroup, EpsilonOf(choice), activation)
            : Layers.GroupNorm(site.Name, site.Channels, groups, channelsPerGroup, EpsilonOf(choice), activation);

    private static RMSNormLayer RMS(Normalization choice, NormalizationSite site, Activation? activation)
    {
        var axis = site.IsFeatureMap ? 1 : -1;
        return choice.TracksGradientNoise
            ? Layers.TrackedRMSNorm(site.Name, site.Channels, EpsilonOf(choice), axis, activation)
            : Layers.RMSNorm(site.Name, site.Channels, EpsilonOf(choice), axis, activation);
    }

    /// <summary>Whether a variant has a meaning at a site.</summary>
    public static bool IsDefined(Normalization choice, NormalizationSite site)
    {
        var isElsewhereToo = choice.IsWithoutLayer || choice.Variant
            is NormalizationVariant.Layer or NormalizationVariant.RMS or NormalizationVariant.Custom;
        isElsewhereToo &= choice.Over != LayerNormOver.ChannelsAndPositions;
        return site.IsFeatureMap || isElsewhereToo || (IsBatch(choice) && site is { Rank: 2, ChannelAxis: 1 });
    }

    /// <summary>What a choice is called in messages.</summary>
    public static string Name(Normalization choice) => choice.Over == LayerNormOver.ChannelsAndPositions
        ? "LayerNorm over channels and positions"
        : choice.Variant.AttributeName();

    private static bool IsBatch(Normalization choice) =>
        choice.Variant is NormalizationVariant.Batch or NormalizationVariant.Variance;

    private static void RequireSite(Normalization choice, NormalizationSite site)
    {
        if (IsDefined(choice, site))
            return;
        throw Undefined(Name(choice), site, IsBatch(choice) ? $"{FeatureMaps} or vectors [N, C]" : FeatureMaps);
    }

    private static double EpsilonOf(Normalization choice) => choice.Epsilon > 0 ? choice.Epsilon : choice.Variant switch
    {
        NormalizationVariant.RMS => NormalizationOptions.RootMeanSquareEpsilon,
        NormalizationVariant.EvoNormB0 => NormalizationOptions.EvoNormB0Epsilon,
        _ => NormalizationOptions.DefaultEpsilon,
    };

    private static double MomentumOf(Normalization choice) =>
        choice.Momentum > 0 ? choice.Momentum : NormalizationOptions.DefaultMomentum;

    private static ArgumentException Undefined(string layer, NormalizationSite site, string needed) => new(
        $"{site.Name}: {layer} needs {needed}, but the input has rank {site.Rank} with its {site.Channels} channels at axis " +
        $"{site.ChannelAxis}; choose Normalization.Layer() there.");
}
