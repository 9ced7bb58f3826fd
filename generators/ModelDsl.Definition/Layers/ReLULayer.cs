namespace ModelDsl.Definition;

/// <summary>max(x, 0). Its backward pass reads its output.</summary>
public sealed class ReLULayer : LayerKind
{
    public override string Attribute => "ReLU";

    public override string Kind => "relu";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        flow.Path.Add(new(PathStepKind.Activation, flow.Anchor));
        flow.Add(
            new(flow.Local(Kind), "{0}.relu()", flow.Shape)
                { InPlace = "{0}.relu_()", BackwardNeedsOutput = true },
            null,
            flow.ChannelAxis);
    }
}
