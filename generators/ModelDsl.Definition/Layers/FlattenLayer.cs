namespace ModelDsl.Definition;

/// <summary>Joins all axes but the first; its result shares the input's memory.</summary>
public sealed class FlattenLayer : LayerKind
{
    public override string Attribute => "Flatten";

    public override string Kind => "flatten";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (flow.Shape is not { } shape)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
            return;
        }
        if (shape.Rank < 2)
        {
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                Attribute,
                "a batch of at least one axis each",
                $"{shape}",
                "remove it");
            return;
        }
        var product = shape.Axes.Skip(1).Aggregate(
            (Size?)Size.One,
            static (size, axis) => size is null || axis.Size is null
                ? null
                : size * axis.Size);
        flow.Add(
            new(flow.Local(Kind), "{0}.flatten(1)", Shape.Of(shape[0], product))
                { OutputMayAliasInput = true },
            null,
            channelAxis: 1);
    }
}
