namespace ModelDsl.Definition;

/// <summary>Multi-head self-attention over <c>[N, T, C]</c>.</summary>
public sealed class SelfAttentionKind : LayerKind
{
    public override string Attribute => "SelfAttention";

    public override string Kind => "attention";

    public override bool HasWeight => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (flow.Size("Heads") is not { } heads || !Fits(flow)
            || RealArgument.Between(flow, layer, "Dropout", 0, 0, 1) is not { } dropout)
            return;
        var last = flow.Shape!.Rank - 1;
        if (flow.KnownSize(flow.Shape[last], last, "give the axis a size in [Shape]") is not { } width
            || !HeadsDivide(flow, heads))
            return;
        if (ContextInput.Optional(flow, layer, "Mask", "mask") is not { } mask)
            return;
        var options = (layer["Causal"]?.Number == 1 ? ", causal: true" : "")
            + (dropout.Value == 0 ? "" : $", dropout: {dropout.Code}")
            + (layer["Bias"]?.Number == 0 ? ", bias: false" : "");
        var field = flow.AddField(Kind, "global::ModelDsl.SelfAttention",
            $"new global::ModelDsl.SelfAttention(\"{flow.Site}\", {width}, {heads.Code}{options})");
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}}, {mask})", flow.Shape),
            field,
            last,
            mask == "null" ? "" : $"{mask} says what is attended to");
    }

    private bool Fits(StageFlow flow)
    {
        if (flow.Shape is not { } shape)
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
        else if (shape.Rank < 3 || flow.ChannelAxis != shape.Rank - 1)
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                Attribute,
                "tokens [N, T, C] with channels on the last axis",
                $"{shape}",
                "rearrange it, such as by [Rearrange(\"n c h w -> n (h w) c\")]");
        return !flow.HasFailed;
    }

    private static bool HeadsDivide(StageFlow flow, SizeExpression heads)
    {
        var width = flow.Shape![-1]!;
        if (heads.Value?.Value is not { } count || width.IsMultipleOf(count) is not false)
            return true;
        flow.Report(
            Rules.GroupsDoNotDivide,
            flow.Anchor with { Argument = "Heads" },
            $"{width}",
            $"{count} heads",
            Divisors.Of(width.Value!.Value));
        return false;
    }
}
