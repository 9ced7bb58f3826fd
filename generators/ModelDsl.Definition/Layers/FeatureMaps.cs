namespace ModelDsl.Definition;

/// <summary>What layers over positions of feature maps share.</summary>
internal static class FeatureMaps
{
    /// <summary>Volumes <c>[N, C, D, H, W]</c>: TorchSharp has no layer over more positions.</summary>
    public const int LargestRank = 5;

    /// <summary>Layers of one to three position axes.</summary>
    public static readonly IEnumerable<int> AxisCounts = [1, 2, 3];

    /// <summary>The axes of maps with a number of position axes.</summary>
    public static string Axes(int axes) => axes switch
    {
        1 => "[N, C, T]",
        2 => "[N, C, H, W]",
        _ => "[N, C, D, H, W]",
    };

    /// <summary>Whether maps with a number of position axes flow, else a finding; any number where none is given.</summary>
    public static bool Require(StageFlow flow, string attribute, int? axes = null)
    {
        if (flow.IsFeatureMap && (axes is null ? flow.Shape!.Rank <= LargestRank : flow.Shape!.Rank == axes + 2))
            return true;
        if (flow.Shape is { } shape)
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                attribute,
                $"feature maps {(axes is { } count ? Axes(count) : "[N, C, ...]")}",
                $"{shape}",
                Remedy(flow, shape, axes));
        else
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", attribute);
        return false;
    }

    /// <summary>Multiplies the stage's strides, which a shortcut's projection must match.</summary>
    public static void MultiplyStrides(StageFlow flow, AxisSizes strides) =>
        flow.MultiplyStrides(before => before.Zip(strides, Product));

    /// <summary>An argument by its name, nothing where it has its default.</summary>
    public static string Named(string name, SizeExpression size, long unlessDefault) =>
        size.Value?.Value == unlessDefault ? "" : $"{name}: {size.Code}";

    /// <summary>An argument over axes by its name, nothing where it has its default.</summary>
    public static string Named(string name, AxisSizes sizes, long unlessDefault, int axes, bool asTuple) =>
        sizes.Is(unlessDefault) ? "" : $"{name}: {sizes.Code(axes, asTuple)}";

    /// <summary>A call of a factory of TorchSharp's with the arguments that are not empty, on one line where it fits.</summary>
    public static string Call(string factory, params string[] arguments) => Initializer.CallOnFewLines(
        $"{TorchNames.Functions}.{factory}",
        [.. arguments.Where(argument => argument.Length > 0)]);

    private static string Remedy(StageFlow flow, Shape shape, int? axes)
    {
        if (flow.IsFeatureMap)
            return $"use the layer for {shape.Rank - 2} position axes, or reshape it";
        return shape.Rank >= 3 && (axes is null || shape.Rank == axes + 2)
            ? "its channels are the last axis: say Layout = Layout.ChannelsFirst in [Shape] if axis 1 holds them"
            : "put it before pooling or flattening";
    }

    private static SizeExpression Product(SizeExpression before, SizeExpression stride) =>
        stride.Value?.Value == 1 ? before
        : before.Value?.Value == 1 ? stride
        : new($"{before.Operand} * {stride.Operand}", before.Value is { } a && stride.Value is { } b ? a * b : null);
}
