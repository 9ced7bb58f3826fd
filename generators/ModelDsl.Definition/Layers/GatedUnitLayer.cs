using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// Halves an axis into a and b, and multiplies a by an activation of b; the backward pass keeps its inputs only.
/// </summary>
/// <param name="attribute">The attribute.</param>
/// <param name="kind">Its name in bodies.</param>
/// <param name="expression">C# with <c>{0}</c> for the tensor and <c>{1}</c> for the axis.</param>
public sealed class GatedUnitLayer(string attribute, string kind, string expression) : LayerKind
{
    public override string Attribute { get; } = attribute;

    public override string Kind { get; } = kind;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (AxisArgument.Read(flow, layer) is not { } axis)
            return;
        var size = flow.Shape![axis];
        if (size?.IsMultipleOf(2) == false)
        {
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                Attribute,
                $"an even size on axis {axis}, which it halves",
                $"{flow.Shape}",
                "give the layer before it twice the channels that you want");
            return;
        }
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(
            new(
                flow.Local(Kind),
                string.Format(CultureInfo.InvariantCulture, expression, "{0}", axis),
                flow.Shape.With(axis, size is null ? null : Size.Divide(size, Size.Constant(2)))),
            null,
            flow.ChannelAxis,
            layer["Axis"] is null ? $"halves the channels, axis {axis}" : "");
    }
}
