namespace ModelDsl.Benchmarks.Normalizations;

/// <summary>The normalizations of the network that is trained, by name.</summary>
internal static class NormalizationChoices
{
    public const string Batch = "BatchNorm";

    public const string Group = "GroupNorm, 8 channels per group";

    public const string TrackedGroup = "GroupNorm tracked";

    public static IReadOnlyDictionary<string, Normalization> All { get; } = new Dictionary<string, Normalization>
    {
        [Batch] = Normalization.Batch(),
        ["LayerNorm over C, H, W"] = Normalization.Layer(),
        ["LayerNorm per position"] = Normalization.Layer(over: LayerNormOver.Channels),
        [Group] = Normalization.Group(channelsPerGroup: 8),
        [TrackedGroup] = Normalization.Group(channelsPerGroup: 8).Tracked(),
        ["InstanceNorm"] = Normalization.Instance(),
        ["FilterResponseNorm"] = Normalization.FilterResponse(),
        ["VarianceNorm"] = Normalization.Variance(),
        ["EvoNormB0"] = Normalization.EvoNormB0(),
        ["EvoNormB1"] = Normalization.EvoNormB1(),
        ["EvoNormB2"] = Normalization.EvoNormB2(),
        ["EvoNormS0, 8 channels per group"] = Normalization.EvoNormS0(channelsPerGroup: 8),
        ["EvoNormS1, 8 channels per group"] = Normalization.EvoNormS1(channelsPerGroup: 8),
        ["EvoNormS2, 8 channels per group"] = Normalization.EvoNormS2(channelsPerGroup: 8),
        ["WeightNorm"] = Normalization.Weight(),
        ["ScaledWeightStandardization"] = Normalization.ScaledWeightStandardization(),
        ["WeightCentering"] = Normalization.WeightCentering(),
        ["RMSNorm"] = Normalization.RMS(),
        ["none"] = Normalization.None(),
    };
}
