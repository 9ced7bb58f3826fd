namespace ModelDsl.Definition;

/// <summary>Looks up vectors: indices <c>[...]</c> to <c>[..., width]</c>.</summary>
public sealed class EmbeddingKind : LayerKind
{
    public override string Attribute => "Embedding";

    public override string Kind => "embedding";

    public override bool HasWeight => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (flow.Size("Count") is not { } count || flow.Size("Width") is not { } width)
            return;
        var padding = layer["PaddingIndex"] is null ? null : flow.Size("PaddingIndex", minimum: 0);
        if (flow.HasFailed)
            return;
        var more = padding is null ? "" : $", paddingIndex: {padding.Code}";
        var field = flow.AddField(Kind, "global::ModelDsl.EmbeddingLayer",
            $"new global::ModelDsl.EmbeddingLayer({count.Code}, {width.Code}{more})");
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        var output = flow.Shape is { } shape ? new Shape(shape.Axes.Append(Axis.Of(width.Value)).ToEquatableArray()) : null;
        flow.Add(new(flow.Local(Kind), $"{field.Name}.call({{0}})", output), field, output?.Rank - 1);
    }
}
