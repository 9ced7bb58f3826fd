namespace ModelDsl.Definition;

/// <summary>Joins axes, all but the first unless said; its result shares the input's memory.</summary>
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
        var (start, end) = (Axis(layer["StartAxis"], 1, shape), Axis(layer["EndAxis"], -1, shape));
        if (start < 0 || end >= shape.Rank || start > end)
        {
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                $"Flatten of axes {start} to {end}",
                $"axes that it has, from 0 to {shape.Rank - 1}",
                $"{shape}",
                "choose the first axis before the last");
            return;
        }
        flow.Add(
            new(flow.Local(Kind), Code(start, end, shape), Joined(shape, start, end))
            {
                OutputMayAliasInput = true,
                KeepsMemory = true,
            },
            null,
            ChannelAxis(flow.ChannelAxis, start, end));
    }

    private static string Code(int start, int end, Shape shape) =>
        end == shape.Rank - 1 ? $"{{0}}.flatten({start})" : $"{{0}}.flatten({start}, {end})";

    private static int Axis(ArgumentDeclaration? written, int otherwise, Shape shape)
    {
        var axis = written?.Number ?? otherwise;
        return (int)(axis < 0 ? axis + shape.Rank : axis);
    }

    private static Shape Joined(Shape shape, int start, int end)
    {
        var product = Enumerable.Range(start, end - start + 1).Aggregate(
            (Size?)Size.One,
            (size, axis) => size is null || shape[axis] is not { } next ? null : size * next);
        var axes = shape.Axes.Take(start).Append(Definition.Axis.Of(product)).Concat(shape.Axes.Skip(end + 1));
        return new(axes.ToEquatableArray());
    }

    /// <summary>The joined axis holds the channels where one of its parts did.</summary>
    private static int? ChannelAxis(int? before, int start, int end) =>
        before is not { } axis ? null
        : axis < start ? axis
        : axis <= end ? start
        : axis - (end - start);
}
