using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// Padding of one to three position axes, one size for every side or one for each in PyTorch's order: the last axis first.
/// </summary>
/// <param name="content">What the padding holds: <c>Zero</c>, <c>Constant</c>, <c>Reflection</c>, <c>Replication</c> or
/// <c>Circular</c>.</param>
/// <param name="axes">The number of position axes.</param>
public sealed class PadLayer(string content, int axes) : LayerKind
{
    public static readonly string[] Contents = ["Zero", "Constant", "Reflection", "Replication", "Circular"];

    public override string Attribute { get; } = $"{content}Pad{axes}d";

    public override string Kind => "pad";

    private bool IsConstant => content is "Zero" or "Constant";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute, axes)
            || AxisArguments.ReadList(flow, layer, "Padding", IsConstant ? int.MinValue : 0) is not { } sizes)
            return;
        if (sizes.Count > 1 && !AxisArguments.Demand(flow, layer, "Padding", sizes.Count, 2 * axes))
            return;
        if (Padded(flow, sizes) is not { } shape)
            return;
        var (type, factory) = Construct(layer, sizes);
        var field = flow.AddField(Kind, type, factory);
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape) { OutputMayAliasInput = true },
            field,
            channelAxis: 1);
    }

    private Shape? Padded(StageFlow flow, IReadOnlyList<SizeExpression> sizes)
    {
        var shape = flow.Shape!;
        for (var axis = 2; axis < shape.Rank; axis++)
        {
            var before = sizes.Count == 1 ? 0 : 2 * (shape.Rank - 1 - axis);
            var (start, end) = (sizes[before].Value, sizes[sizes.Count == 1 ? 0 : before + 1].Value);
            var isBorrowed = content is "Reflection" or "Circular";
            if (isBorrowed && !(Fits(flow, axis, start) && Fits(flow, axis, end)))
                return null;
            var size = shape[axis] is { } positions && start is not null && end is not null ? positions + start + end : null;
            if (size?.Value is <= 0)
            {
                flow.Report(
                    Rules.LayerDoesNotFit,
                    flow.Anchor,
                    Attribute,
                    $"more positions on axis {axis} than it cuts off",
                    $"{flow.Shape}",
                    "cut off less");
                return null;
            }
            shape = shape.With(axis, size);
        }
        return shape;
    }

    private bool Fits(StageFlow flow, int axis, Size? padding) =>
        Border.Fits(flow, Attribute, axis, padding, isMirrored: content == "Reflection");

    /// <summary>TorchSharp has no zero padding but for two axes, and no circular padding.</summary>
    private (string Type, string Factory) Construct(LayerDeclaration layer, IReadOnlyList<SizeExpression> sizes)
    {
        var each = sizes.Count == 1 ? Enumerable.Repeat(sizes[0], 2 * axes) : sizes;
        var list = string.Join(", ", each.Select(size => size.Code));
        if (content == "Circular")
            return ("global::ModelDsl.CircularPad", $"new({list})");
        var name = content == "Zero" && axes != 2 ? $"ConstantPad{axes}d" : Attribute;
        var value = (layer["Value"]?.Real ?? layer["Value"]?.Number ?? 0).ToString("R", CultureInfo.InvariantCulture);
        var padding = sizes.Count == 1 ? sizes[0].Code : $"({list})";
        var arguments = name.StartsWith("Constant", StringComparison.Ordinal) ? $"{padding}, {value}" : padding;
        return ($"{TorchNames.Modules}.{name}", $"{TorchNames.Functions}.{name}({arguments})");
    }
}
