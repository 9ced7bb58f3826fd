namespace ModelDsl.Definition;

/// <summary>
/// Zeroes elements, channels or features while training; in evaluation its result shares the input's memory.
/// </summary>
/// <param name="attribute">The attribute, and TorchSharp's module.</param>
/// <param name="kind">Its name in the state dict.</param>
/// <param name="rank">The rank of feature maps that it takes; 0 where any shape will do.</param>
/// <param name="minimumRank">The least rank that it takes.</param>
public sealed class DropoutLayer(string attribute, string kind, int rank = 0, int minimumRank = 0) : LayerKind
{
    private static readonly string[] Positions = ["T", "H, W", "D, H, W"];

    public override string Attribute { get; } = attribute;

    public override string Kind { get; } = kind;

    public override bool TakesLeadingAxes => rank == 0 && minimumRank == 0;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!Fits(flow) || RealArgument.Probability(flow, layer) is not { } probability)
            return;
        var field = flow.AddField(
            Kind,
            $"{TorchNames.Modules}.{Attribute}",
            $"{TorchNames.Functions}.{Attribute}({probability.Code})");
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", flow.Shape) { OutputMayAliasInput = true, KeepsMemory = true },
            field,
            flow.ChannelAxis);
    }

    private bool Fits(StageFlow flow)
    {
        if (rank == 0 && minimumRank == 0)
            return true;
        var takes = rank > 0
            ? $"feature maps [N, C, {Positions[rank - 3]}]"
            : "a batch of features [N, C, ...]";
        if (flow.Shape is not { } shape)
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
        else if (flow.ChannelAxis != 1 || shape.Rank < minimumRank || (rank > 0 && shape.Rank != rank))
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                Attribute,
                takes,
                $"{shape}",
                shape.Rank is >= 3 and <= 5 && flow.ChannelAxis == 1 ? $"use Dropout{shape.Rank - 2}d" : "use Dropout");
        return !flow.HasFailed;
    }
}
