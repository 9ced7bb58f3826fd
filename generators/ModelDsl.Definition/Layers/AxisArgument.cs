namespace ModelDsl.Definition;

/// <summary>Reads the axis that a layer works along.</summary>
internal static class AxisArgument
{
    /// <summary>The axis, from 0; by default that of the channels. Null after a finding.</summary>
    public static int? Read(StageFlow flow, LayerDeclaration layer)
    {
        var written = layer["Axis"]?.Number;
        if (flow.Shape is not { } shape || (written is null && flow.ChannelAxis is null))
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", layer.Attribute);
            return null;
        }
        var axis = written ?? flow.ChannelAxis!.Value;
        if (axis >= -shape.Rank && axis < shape.Rank)
            return (int)(axis < 0 ? axis + shape.Rank : axis);
        flow.Report(
            Rules.LayerDoesNotFit,
            flow.Anchor with { Argument = "Axis" },
            layer.Attribute,
            $"an axis from {-shape.Rank} to {shape.Rank - 1}",
            $"{shape}",
            $"{axis} is none");
        return null;
    }
}
