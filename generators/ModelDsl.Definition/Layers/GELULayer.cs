namespace ModelDsl.Definition;

/// <summary>x Φ(x). TorchSharp's in-place form hands out a new handle each time, so there is none here.</summary>
public sealed class GELULayer : LayerKind
{
    public override string Attribute => "GELU";

    public override string Kind => "gelu";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        flow.Path.Add(new(PathStepKind.Activation, flow.Anchor));
        flow.Add(new(flow.Local(Kind), $"{TorchNames.Functions}.functional.gelu({{0}})", flow.Shape), null, flow.ChannelAxis);
    }
}
