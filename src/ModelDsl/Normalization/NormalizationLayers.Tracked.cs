namespace ModelDsl;

/// <content>The layers that record per-example squared gradient norms; otherwise those without the prefix.</content>
public static partial class NormalizationLayers
{
    /// <summary>As <see cref="GroupNorm"/>, and records per-example squared gradient norms.</summary>
    /// <inheritdoc cref="GroupNorm"/>
    public static TrackedGroupNorm TrackedGroupNorm(
        string site,
        long channels,
        long groups = 0,
        long channelsPerGroup = 0,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        Activation? activation = null) =>
        new(site, channels, ChannelGroups.Count(site, channels, groups, channelsPerGroup), epsilon, activation);

    /// <summary>
    /// As <see cref="LayerNorm(string, long, double, int, Activation?)"/>, and records per-example squared gradient norms.
    /// </summary>
    /// <inheritdoc cref="LayerNorm(string, long, double, int, Activation?)"/>
    public static TrackedLayerNorm TrackedLayerNorm(
        string site,
        long channels,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        int channelAxis = -1,
        Activation? activation = null) =>
        new(site, [channels], epsilon, IsPerPosition(site, channelAxis), activation);

    /// <summary>
    /// As <see cref="LayerNorm(string, long[], double, Activation?)"/>, and records per-example squared gradient norms.
    /// </summary>
    /// <inheritdoc cref="LayerNorm(string, long[], double, Activation?)"/>
    public static TrackedLayerNorm TrackedLayerNorm(
        string site,
        long[] normalizedShape,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        Activation? activation = null) => new(site, Axes(site, normalizedShape), epsilon, activation: activation);

    /// <summary>As <see cref="InstanceNorm"/>, and records per-example squared gradient norms.</summary>
    public static TrackedInstanceNorm TrackedInstanceNorm(
        string site,
        long channels,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        Activation? activation = null) => new(site, channels, epsilon, activation);

    /// <summary>As <see cref="RMSNorm"/>, and records per-example squared gradient norms.</summary>
    /// <inheritdoc cref="RMSNorm"/>
    public static TrackedRMSNorm TrackedRMSNorm(
        string site,
        long channels,
        double epsilon = NormalizationOptions.RootMeanSquareEpsilon,
        int channelAxis = -1,
        Activation? activation = null) =>
        new(site, channels, epsilon, IsPerPosition(site, channelAxis), activation);

    /// <summary>As <see cref="FilterResponseNorm"/>, and records per-example squared gradient norms.</summary>
    /// <inheritdoc cref="FilterResponseNorm"/>
    public static TrackedFilterResponseNorm TrackedFilterResponseNorm(
        string site,
        long channels,
        double epsilon = NormalizationOptions.DefaultEpsilon,
        bool thresholded = false) => new(site, channels, epsilon, thresholded);
}
