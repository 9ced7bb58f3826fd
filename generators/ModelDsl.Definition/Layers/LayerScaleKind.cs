namespace ModelDsl.Definition;

/// <summary>Multiplies each channel by a learned factor, a parameter of the model itself.</summary>
public sealed class LayerScaleKind : LayerKind
{
    public override string Attribute => "LayerScale";

    public override string Kind => "layer_scale";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (RealArgument.Read(flow, layer, "Initial", 1e-6) is not { } initial)
            return;
        if (flow.Shape is not { } shape || flow.ChannelAxis is not { } axis)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
            return;
        }
        if (flow.KnownSize(shape[axis], axis, "give the axis a size in [Shape]") is not { } channels)
            return;
        // As published: [C] where channels are last, [C, 1, 1] on feature maps.
        var sizes = string.Join(", ", Enumerable.Repeat("1", shape.Rank - 1 - axis).Prepend(channels));
        var constant = $"new global::ModelDsl.Initialization(global::ModelDsl.Init.Constant) {{ Value = {initial.Code} }}";
        var field = flow.AddParameterField(Kind, $"{constant}.Parameter({sizes})");
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        // Broadcasting gives the same either way; what may be absent comes first.
        flow.Add(new(flow.Local(Kind), $"{field.Name}.mul({{0}})", shape), field, axis);
    }
}
