namespace ModelDsl.Definition;

/// <summary>MDL304: what a normalization takes that is not what flows, and what to write instead.</summary>
internal static class NormalizationMisfit
{
    private const string Maps = "feature maps [N, C, H, W]";

    private const string Instead = "use [LayerNorm] here";

    /// <param name="flow">The stage.</param>
    /// <param name="layer">The slot.</param>
    /// <param name="choice">The choice, which is not defined there.</param>
    public static void Report(StageFlow flow, LayerDeclaration layer, NormalizationChoice choice)
    {
        var (option, taken, remedy) = Describe(choice, flow.Shape!);
        // An option of the class is not in sight of the slot.
        var isOwn = option is not null && layer[option] is not null;
        flow.Report(
            Rules.NormalizationDoesNotFit,
            isOwn ? flow.Anchor with { Argument = option } : flow.Anchor,
            option is null ? choice.Name : $"{choice.Name} with {Written(choice, option)}",
            taken,
            $"{flow.Shape}",
            remedy);
    }

    private static (string? Option, string Taken, string Remedy) Describe(
        NormalizationChoice choice, Shape shape) => choice switch
    {
        { IsOpen: true } => (null, "what has a known number of axes", "name every axis in [Shape]"),
        { Kind: NormalizationKind.Layer, Over: LayerNormOver.ChannelsAndPositions } =>
            ("Over", Maps, "remove Over to normalize channels"),
        { Kind: NormalizationKind.Layer } when shape.IsOpen =>
            ("Over", "what has a known number of axes", "remove Over to normalize channels"),
        { Kind: NormalizationKind.Layer } => ("Axes", $"what has more than {choice.Axes} axes", Fewer(shape.Rank)),
        { Kind: NormalizationKind.Batch or NormalizationKind.Variance } => (null, $"{Maps} or vectors [N, C]", Instead),
        _ => (null, Maps, Instead),
    };

    private static string Fewer(int rank) => rank == 2 ? "write Axes = 1" : $"write Axes = {rank - 1} or less";

    private static string Written(NormalizationChoice choice, string option) =>
        option == "Axes" ? $"Axes = {choice.Axes}" : $"Over = LayerNormOver.{choice.Over}";
}
