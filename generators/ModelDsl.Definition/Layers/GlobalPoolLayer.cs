namespace ModelDsl.Definition;

/// <summary>The mean or maximum over all positions, those of feature maps or the tokens of sequences.</summary>
/// <param name="function">What is computed: <c>Avg</c> or <c>Max</c>.</param>
public sealed class GlobalPoolLayer(string function) : LayerKind
{
    public override string Attribute { get; } = $"Global{function}Pool";

    public override string Kind { get; } = $"global_{function.ToLowerInvariant()}_pool";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (flow.Shape is not { } shape || flow.ChannelAxis is not { } channels)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
            return;
        }
        var positions = Enumerable.Range(1, shape.Rank - 1).Where(axis => axis != channels).ToList();
        if (positions.Count == 0 || channels == 0)
        {
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                Attribute,
                "feature maps [N, C, ...] or sequences [N, T, C]",
                $"{shape}",
                "remove it: there are no positions left");
            return;
        }
        var keeps = layer["KeepAxes"]?.Number == 1;
        var (method, axes) = (function == "Avg" ? "mean" : "amax", string.Join(", ", positions));
        var pooled = keeps
            ? positions.Aggregate(shape, (result, axis) => result.With(axis, Size.One))
            : Shape.Of(shape[0], shape[channels]);
        if (function != "Avg")
            flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(
            new(flow.Local(Kind), $"{{0}}.{method}([{axes}]{(keeps ? ", keepdim: true" : "")})", pooled)
            {
                // The gradient goes to the elements that equal the maximum.
                BackwardNeedsOutput = function != "Avg",
            },
            null,
            channelAxis: keeps ? channels : 1);
    }
}
