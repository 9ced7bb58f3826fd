namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>The variants of normalization of random models, and where each may stand.</summary>
internal static class NetVariants
{
    private static readonly string[] Activations = ["ReLU", "SiLU", "PReLU", "Tanh"];

    /// <summary>Whether a variant may stand anywhere.</summary>
    public static bool IsForAny(NetNormalization variant) => variant
        is NetNormalization.Default or NetNormalization.Layer or NetNormalization.RMS or NetNormalization.None;

    /// <summary>Whether it stands only where other layers are beside it.</summary>
    public static bool NeedsNeighbours(NetNormalization variant) => variant >= NetNormalization.FilterResponse;

    public static string Attribute(NetBuilder net) => net.Normalization switch
    {
        NetNormalization.Batch => net.Pick("BatchNorm", "BatchNorm(Epsilon = 1e-3, Momentum = 0.01)"),
        NetNormalization.Layer => net.Pick("LayerNorm", "LayerNorm(Epsilon = 1e-6)", "LayerNorm(Over = LayerNormOver.Channels)"),
        NetNormalization.Group => $"GroupNorm(Groups = {net.Groups})",
        NetNormalization.Instance => "InstanceNorm",
        NetNormalization.RMS => "RMSNorm",
        NetNormalization.Variance => "VarianceNorm",
        NetNormalization.None => "NoNorm",
        NetNormalization.FilterResponse => "FilterResponseNorm",
        NetNormalization.EvoNorm => net.Pick("EvoNormB0", "EvoNormB1", "EvoNormB2", "EvoNormS0(Groups = 1)", "EvoNormS1(ChannelsPerGroup = 1)"),
        NetNormalization.Weight => "WeightNorm",
        NetNormalization.Standardised => net.Pick("ScaledWeightStandardization", "ScaledWeightStandardization(Gain = 1.5)"),
        _ => "WeightCentering",
    };

    /// <summary>The choice as callers pass it; nothing for the language's own.</summary>
    public static string Value(NetBuilder net) => net.Normalization switch
    {
        NetNormalization.Default => "",
        NetNormalization.Group => $"Normalization.Group(groups: {net.Groups})",
        NetNormalization.FilterResponse => "Normalization.FilterResponse()",
        NetNormalization.EvoNorm => net.Pick("Normalization.EvoNormB0()", "Normalization.EvoNormB2()", "Normalization.EvoNormS2(groups: 1)"),
        NetNormalization.Standardised => "Normalization.ScaledWeightStandardization()",
        NetNormalization.Centered => "Normalization.WeightCentering()",
        var variant => $"Normalization.{variant}()",
    };

    /// <summary>
    /// A variant in the place of an InstanceNorm, which stands on maps of several positions; those that change their neighbours
    /// where these are directly beside it.
    /// </summary>
    public static void Vary(NetBuilder net, List<string> layers)
    {
        var place = layers.IndexOf("InstanceNorm");
        if (place < 0)
            return;
        var isBehindConvolution = place > 0 && layers[place - 1].StartsWith("Conv", StringComparison.Ordinal)
            && !layers.Take(place).Any(layer => layer.Contains("Norm", StringComparison.Ordinal));
        var hasCondition = layers.Skip(place).Any(layer => layer.Contains("When", StringComparison.Ordinal));
        var fitting = new List<string>
        {
            "InstanceNorm", "InstanceNorm", "RMSNorm", "VarianceNorm", "NoNorm", "LayerNorm(Over = LayerNormOver.Channels)",
        };
        if (!hasCondition)
            fitting.AddRange(["FilterResponseNorm", "FilterResponseNorm"]);
        if (isBehindConvolution)
            fitting.AddRange(["WeightNorm", "WeightCentering", "ScaledWeightStandardization"]);
        layers[place] = net.Pick(fitting);
        if (!hasCondition && net.Chance(0.3))
        {
            layers[place] = net.Pick("EvoNormB0", "EvoNormS0(Groups = 1)", "EvoNormS2(ChannelsPerGroup = 1)", "FilterResponseNorm");
            // An EvoNorm takes the place of what a parameter chooses, and the compiler warns of one that nobody reads.
            layers.Insert(place + 1, net.Pick(Activations));
        }
    }
}
