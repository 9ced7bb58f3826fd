namespace ModelDsl.Definition;

/// <summary>The mean over all positions.</summary>
public sealed class GlobalAvgPoolLayer : LayerKind
{
    public override string Attribute => "GlobalAvgPool";

    public override string Kind => "global_avg_pool";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute))
            return;
        var keeps = layer["KeepAxes"]?.Number == 1;
        var shape = keeps ? flow.Shape!.With(2, Size.One).With(3, Size.One) : Shape.Of(flow.Shape![0], flow.Shape[1]);
        flow.Add(
            new(flow.Local(Kind), keeps ? "{0}.mean([2, 3], keepdim: true)" : "{0}.mean([2, 3])", shape),
            null,
            channelAxis: 1);
    }
}
