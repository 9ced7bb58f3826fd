namespace ModelDsl.Definition;

/// <summary>The thresholded linear unit: max(x, tau), tau learned per channel of feature maps.</summary>
public sealed class ThresholdedLinearLayer : LayerKind
{
    public override string Attribute => "TLU";

    public override string Kind => "tlu";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute))
            return;
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        Add(flow, Kind, "");
    }

    /// <summary>Adds one, in its own place or in that of an activation.</summary>
    internal static void Add(StageFlow flow, string kind, string note)
    {
        if (flow.KnownSize(flow.Shape![1], 1, "give the axis a size in [Shape]") is not { } channels)
            return;
        var field = flow.AddField(
            kind, "global::ModelDsl.TLULayer", $"global::ModelDsl.NormalizationLayers.TLU(\"{flow.Site}\", {channels})");
        flow.Add(
            new(flow.Local(kind), $"{field.Name}.call({{0}})", flow.Shape) { BackwardNeedsOutput = true },
            field,
            flow.ChannelAxis,
            note);
    }
}
