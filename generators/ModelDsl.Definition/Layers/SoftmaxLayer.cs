using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>Softmax, its logarithm, or softmin along an axis; the backward pass reads the result.</summary>
/// <param name="attribute">The attribute.</param>
/// <param name="kind">Its name in bodies.</param>
/// <param name="expression">C# with <c>{0}</c> for the tensor and <c>{1}</c> for the axis.</param>
public sealed class SoftmaxLayer(string attribute, string kind, string expression) : LayerKind
{
    public override string Attribute { get; } = attribute;

    public override string Kind { get; } = kind;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (AxisArgument.Read(flow, layer) is not { } axis)
            return;
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(
            new(flow.Local(Kind), string.Format(CultureInfo.InvariantCulture, expression, "{0}", axis), flow.Shape)
                { BackwardNeedsOutput = true },
            null,
            flow.ChannelAxis,
            layer["Axis"] is null ? $"along the channels, axis {axis}" : "");
    }
}
