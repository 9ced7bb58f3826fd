namespace ModelDsl.Definition;

/// <summary>A linear map of the last axis.</summary>
public sealed class LinearLayer : LayerKind
{
    public override string Attribute => "Linear";

    public override string Kind => "linear";

    public override bool HasWeight => true;

    public override bool TakesLeadingAxes => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (flow.Size("Features") is not { } features || !Require(flow))
            return;
        var last = flow.Shape!.Rank - 1;
        if (flow.KnownSize(flow.Shape[last], last, "put GlobalAvgPool before it, or give the axis a size in [Shape]")
                is not { } inFeatures)
            return;
        var field = flow.AddWeightField(Kind, $"{TorchNames.Modules}.Linear",
            $"{TorchNames.Functions}.Linear({inFeatures}, {features.Code}{flow.BiasArgument("hasBias")})");
        flow.Path.Add(new(PathStepKind.Linear, flow.Anchor, features.Value));
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", flow.Shape.With(last, features.Value)),
            field,
            channelAxis: last,
            flow.WeightNote());
    }

    private bool Require(StageFlow flow)
    {
        if (flow.Shape is null)
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
        else if (flow.ChannelAxis != flow.Shape.Rank - 1)
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                Attribute,
                "channels on the last axis",
                $"{flow.Shape}",
                "put GlobalAvgPool or Flatten before it, or bring the channels there: Rearrange with ChannelAxis = -1");
        return !flow.HasFailed;
    }
}
