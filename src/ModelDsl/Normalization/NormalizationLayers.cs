using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The normalization layers that generated code builds, and hand-written modules can.</summary>
/// <remarks>
/// <c>site</c> is the place in the model, <c>ResNet.Stem</c>: messages begin with it. <c>epsilon</c> is what is added to the
/// variance, or to what stands in its place; <c>momentum</c> is the weight of a new batch in running statistics.
/// <c>activation</c> is applied at the end; null: none. All throw an <see cref="ArgumentException"/> where channels or sizes
/// aren't positive, groups don't divide them or a number is out of range.
/// </remarks>
public static partial class NormalizationLayers
{
    /// <summary>BatchNorm of C channels, <c>[N, C]</c> or <c>[N, C, ...]</c>.</summary>
    public static BatchNormLayer BatchNorm(
        string site,
        long channels,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        double momentum = NormalizationOptions.DefaultMomentum,
        Activation? activation = null) => new(site, channels, epsilon, momentum, activation);

    /// <summary>LayerNorm over C channels: the last axis, or axis 1 at each position of a feature map.</summary>
    /// <param name="site">The place in the model.</param>
    /// <param name="channels">C.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="channelAxis">-1 or 1.</param>
    /// <param name="activation">What is applied at the end.</param>
    public static LayerNormLayer LayerNorm(
        string site,
        long channels,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        int channelAxis = -1,
        Activation? activation = null) =>
        new(site, [channels], epsilon, IsPerPosition(site, channelAxis), activation);

    /// <summary>LayerNorm over the last axes, with an affine for each of their elements.</summary>
    /// <param name="site">The place in the model.</param>
    /// <param name="normalizedShape">The sizes of these axes.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="activation">What is applied at the end.</param>
    public static LayerNormLayer LayerNorm(
        string site,
        long[] normalizedShape,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        Activation? activation = null) => new(site, Axes(site, normalizedShape), epsilon, activation: activation);

    /// <summary>GroupNorm of C channels, <c>[N, C, ...]</c>; one group is LayerNorm over channels and positions.</summary>
    /// <param name="site">The place in the model.</param>
    /// <param name="channels">C.</param>
    /// <param name="groups">The number of groups, or 0.</param>
    /// <param name="channelsPerGroup">The channels in each, or 0. Without either there are 32 groups (Wu and He 2018).</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="activation">What is applied at the end.</param>
    /// <exception cref="ArgumentException">
    /// Both are given, one is negative, or C doesn't divide; the message has the remedy.
    /// </exception>
    public static GroupNormLayer GroupNorm(
        string site,
        long channels,
        long groups = 0,
        long channelsPerGroup = 0,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        Activation? activation = null) =>
        new(site, channels, ChannelGroups.Count(site, channels, groups, channelsPerGroup), epsilon, activation);

    /// <summary>InstanceNorm of C channels, <c>[N, C, ...]</c>, with an affine and without running statistics.</summary>
    public static InstanceNormLayer InstanceNorm(
        string site,
        long channels,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        Activation? activation = null) => new(site, channels, epsilon, activation);

    /// <summary>Filter response normalization of C channels, <c>[N, C, ...]</c>.</summary>
    /// <param name="site">The place in the model.</param>
    /// <param name="channels">C.</param>
    /// <param name="epsilon">Where the learned epsilon starts.</param>
    /// <param name="thresholded">Whether max(y, tau) with a learned tau for each channel is applied at the end.</param>
    public static FilterResponseNormLayer FilterResponseNorm(
        string site,
        long channels,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        bool thresholded = false) => new(site, channels, epsilon, thresholded);

    /// <summary>Variance normalization of C channels, <c>[N, C]</c> or <c>[N, C, ...]</c>.</summary>
    public static VarianceNormLayer VarianceNorm(
        string site,
        long channels,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        double momentum = NormalizationOptions.DefaultMomentum,
        Activation? activation = null) => new(site, channels, epsilon, momentum, activation);

    /// <summary>RMSNorm over C channels: the last axis, or axis 1 at each position of a feature map.</summary>
    /// <param name="site">The place in the model.</param>
    /// <param name="channels">C.</param>
    /// <param name="epsilon">What is added to the mean square.</param>
    /// <param name="channelAxis">-1 or 1.</param>
    /// <param name="activation">What is applied at the end.</param>
    public static RMSNormLayer RMSNorm(
        string site,
        long channels,
        double epsilon = NormalizationOptions.RootMeanSquareEpsilon,
        int channelAxis = -1,
        Activation? activation = null) =>
        new(site, channels, epsilon, IsPerPosition(site, channelAxis), activation);

    /// <summary>EvoNorm-B0 of C channels, <c>[N, C, ...]</c>.</summary>
    public static EvoNormB0Layer EvoNormB0(
        string site,
        long channels,
        double epsilon = NormalizationOptions.EvoNormB0Epsilon,
        double momentum = NormalizationOptions.DefaultMomentum) => new(site, channels, epsilon, momentum);

    /// <summary>EvoNorm-B1 of C channels, <c>[N, C, ...]</c>.</summary>
    public static EvoNormB1Layer EvoNormB1(
        string site,
        long channels,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        double momentum = NormalizationOptions.DefaultMomentum) => new(site, channels, epsilon, momentum);

    /// <summary>EvoNorm-B2 of C channels, <c>[N, C, ...]</c>.</summary>
    public static EvoNormB2Layer EvoNormB2(
        string site,
        long channels,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        double momentum = NormalizationOptions.DefaultMomentum) => new(site, channels, epsilon, momentum);

    /// <summary>EvoNorm-S0 of C channels, <c>[N, C, ...]</c>; groups as in <see cref="GroupNorm"/>.</summary>
    public static EvoNormS0Layer EvoNormS0(
        string site,
        long channels,
        long groups = 0,
        long channelsPerGroup = 0,
        double epsilon = NormalizationOptions.DefaultEpsilon) =>
        new(site, channels, ChannelGroups.Count(site, channels, groups, channelsPerGroup, nameof(EvoNormS0)), epsilon);

    /// <summary>EvoNorm-S1 of C channels, <c>[N, C, ...]</c>; groups as in <see cref="GroupNorm"/>.</summary>
    public static EvoNormS1Layer EvoNormS1(
        string site,
        long channels,
        long groups = 0,
        long channelsPerGroup = 0,
        double epsilon = NormalizationOptions.DefaultEpsilon) =>
        new(site, channels, ChannelGroups.Count(site, channels, groups, channelsPerGroup, nameof(EvoNormS1)), epsilon);

    /// <summary>EvoNorm-S2 of C channels, <c>[N, C, ...]</c>; groups as in <see cref="GroupNorm"/>.</summary>
    public static EvoNormS2Layer EvoNormS2(
        string site,
        long channels,
        long groups = 0,
        long channelsPerGroup = 0,
        double epsilon = NormalizationOptions.DefaultEpsilon) =>
        new(site, channels, ChannelGroups.Count(site, channels, groups, channelsPerGroup, nameof(EvoNormS2)), epsilon);

    /// <summary>
    /// The thresholded linear unit that goes with filter response normalization: max(x, tau) for <c>[N, C, ...]</c>.
    /// </summary>
    public static TLULayer TLU(string site, long channels) => new(site, channels);

    /// <summary>
    /// The layer for a choice that is known only at run time: the same layer, with the same parameter names and numbers, that
    /// an attribute of that variant gives. A choice that inherits gives BatchNorm on feature maps (channels at axis 1, positions
    /// behind them: <c>[N, C, H, W]</c>, <c>[N, C, T]</c>) and LayerNorm elsewhere. Where gradient noise is tracked, the layers
    /// that can, record it.
    /// </summary>
    /// <remarks>
    /// An EvoNorm is the activation as well. Choices that act on weights, and that of no normalization, give a module that
    /// passes its input on.
    /// </remarks>
    /// <param name="choice">The choice.</param>
    /// <param name="site">What is normalized, and where.</param>
    /// <exception cref="ArgumentException">
    /// The variant is not defined at the site, most need feature maps; or the channels don't divide into the groups.
    /// </exception>
    public static nn.Module<Tensor, Tensor> Open(Normalization choice, NormalizationSite site) =>
        ChosenLayer.Build(choice.At(site), site) ?? nn.Identity();

    /// <summary>The projection of a shortcut for a choice that is known only at run time.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="site">What is normalized, and where: behind the convolution.</param>
    /// <param name="convolution">The convolution; a choice that acts on weights takes its weight over.</param>
    /// <param name="pool">What stands before the convolution, or null.</param>
    /// <param name="activation">The activation that was applied to what is projected; it isn't applied here. Null: none.</param>
    /// <returns>
    /// Pool, convolution and normalization, as far as there are: EvoNorms, being activations, have none here, filter response
    /// normalization has no threshold, and a standardised weight the gain of the activation before it, 1 without one.
    /// </returns>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static Sequential Projection(
        Normalization choice,
        NormalizationSite site,
        nn.Module<Tensor, Tensor> convolution,
        nn.Module<Tensor, Tensor>? pool = null,
        Activation? activation = null)
    {
        var resolved = choice.At(site);
        var beside = activation is null ? resolved.WithoutActivation() : resolved;
        var layer = resolved.IsEvoNorm ? null : ChosenLayer.Build(resolved, site);
        nn.Module<Tensor, Tensor>?[] layers = [pool, WeightLayers.Open(beside, convolution, activation), layer];
        return nn.Sequential(layers.OfType<nn.Module<Tensor, Tensor>>());
    }

    private static bool IsPerPosition(string site, int channelAxis) => channelAxis switch
    {
        -1 => false,
        1 => true,
        _ => throw new ArgumentException($"{site}: channels lie on axis 1 or -1, the last, not on {channelAxis}."),
    };

    private static long[] Axes(string site, long[] normalizedShape)
    {
        ArgumentNullException.ThrowIfNull(normalizedShape);
        return normalizedShape.Length > 0
            ? [.. normalizedShape]
            : throw new ArgumentException($"{site}: LayerNorm over no axis; give the sizes of one or more.");
    }
}
