namespace ModelDsl.Definition;

/// <summary>Names what flows, for a shortcut further on in the stage.</summary>
public sealed class LabelLayer : LayerKind
{
    public override string Attribute => "Label";

    public override string Kind => "label";

    public override bool TakesLeadingAxes => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (layer["Label"]?.Text is not { } label)
            return;
        if (flow.Labels.TryGetValue(label, out var first))
        {
            flow.ReportRelated(Rules.LabelTwice, flow.Anchor, first.Anchor, label, flow.Stage.Name);
            return;
        }
        flow.Labels[label] = new(flow.Flow, AxisSizes.One, flow.Path.Count, flow.Anchor);
        flow.Add(new("", "", flow.Shape) { Label = label }, null, flow.ChannelAxis);
    }
}
