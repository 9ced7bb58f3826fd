namespace ModelDsl.Definition;

/// <summary>
/// Zeroes whole examples, or the whole batch, while training; in evaluation its result shares the input's memory.
/// </summary>
public sealed class StochasticDepthLayer : LayerKind
{
    private const long Batch = 1;

    public override string Attribute => "StochasticDepth";

    public override string Kind => "stochastic_depth";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (RealArgument.Probability(flow, layer) is not { } probability)
            return;
        var mode = layer["Mode"]?.Number == Batch ? ", global::ModelDsl.StochasticDepthMode.Batch" : "";
        var field = flow.AddField(Kind, "global::ModelDsl.StochasticDepth", $"new({probability.Code}{mode})");
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", flow.Shape) { OutputMayAliasInput = true, KeepsMemory = true },
            field,
            flow.ChannelAxis);
    }
}
