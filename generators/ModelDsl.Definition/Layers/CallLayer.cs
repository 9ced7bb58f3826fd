namespace ModelDsl.Definition;

/// <summary>Calls a stage or a hand-written method of the class.</summary>
public sealed class CallLayer : LayerKind
{
    public override string Attribute => "Call";

    public override string Kind => "call";

    public override bool TakesLeadingAxes => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (layer["Method"]?.Text is not { } name || Callee.Find(flow, name, "Method") is not { } callee)
            return;
        flow.Path.AddRange(callee.Path.Select(step => step with { Layer = flow.Anchor }));
        flow.Add(
            new(flow.FreeLocal(name), callee.Expression, callee.Output.Shape)
            {
                Taker = callee.Taker,
                OutputMayAliasInput = callee.IsHandWritten,
                BackwardNeedsOutput = true,
            },
            null,
            callee.Output.ChannelAxis);
    }
}
