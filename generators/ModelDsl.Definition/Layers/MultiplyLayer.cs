namespace ModelDsl.Definition;

/// <summary>Multiplies what flows by a number that is not learned.</summary>
public sealed class MultiplyLayer : LayerKind
{
    public override string Attribute => "Multiply";

    public override string Kind => "multiply";

    public override bool TakesLeadingAxes => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (RealArgument.Factor(flow, layer, "Factor", null) is not { } factor)
            return;
        var code = flow.Model.Number("factor", factor);
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        var operation = new Operation(flow.Local(Kind), $"{{0}}.mul({code})", flow.Shape) { InPlace = $"{{0}}.mul_({code})" };
        flow.Add(operation, null, flow.ChannelAxis);
    }
}
