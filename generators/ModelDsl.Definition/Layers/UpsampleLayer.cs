using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>Resizes maps of one to three position axes, by a factor or to a size.</summary>
public sealed class UpsampleLayer : LayerKind
{
    /// <summary>TorchSharp's modes by their number, with the position axes that each is for; 0 = any.</summary>
    private static readonly (string Name, int Axes)[] Modes =
        [("Nearest", 0), ("Linear", 1), ("Bilinear", 2), ("Bicubic", 2), ("Trilinear", 3)];

    public override string Attribute => "Upsample";

    public override string Kind => "upsample";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute) || !ModeFits(flow, layer))
            return;
        var axes = flow.Shape!.Rank - 2;
        if ((layer["Scale"] is null) == (layer["Size"] is null))
        {
            var has = layer["Scale"] is null ? "neither Scale nor Size" : "both Scale and Size";
            flow.Report(Rules.OptionsDoNotGoTogether, flow.Anchor, $"Upsample has {has}; give one of them");
            return;
        }
        if ((layer["Size"] is null ? ByScale(flow, layer, axes) : ToSize(flow, layer, axes)) is not var (argument, shape))
            return;
        var mode = Mode(layer);
        var how = mode == 0
            ? ""
            : $", mode: global::TorchSharp.torch.UpsampleMode.{Modes[mode].Name}, "
                + $"align_corners: {(layer["AlignCorners"]?.Number == 1 ? "true" : "false")}";
        var field = flow.AddField(Kind, $"{TorchNames.Modules}.Upsample", $"{TorchNames.Functions}.Upsample({argument}{how})");
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        // At a factor of 1 PyTorch may return what flows in.
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape) { OutputMayAliasInput = true },
            field,
            channelAxis: 1);
    }

    private static int Mode(LayerDeclaration layer) =>
        layer["Mode"]?.Number is { } mode and >= 0 && mode < Modes.Length ? (int)mode : 0;

    private static bool ModeFits(StageFlow flow, LayerDeclaration layer)
    {
        var axes = flow.Shape!.Rank - 2;
        var (name, needed) = Modes[Mode(layer)];
        var fitting = string.Join(" or ", Modes.Where(mode => mode.Axes == axes).Select(mode => $"UpsampleMode.{mode.Name}"));
        if (needed != 0 && needed != axes)
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                $"UpsampleMode.{name}",
                $"feature maps {FeatureMaps.Axes(needed)}",
                $"{flow.Shape}",
                $"use {fitting} here");
        else if (needed == 0 && layer["AlignCorners"]?.Number == 1)
            flow.Report(
                Rules.OptionsDoNotGoTogether,
                flow.Anchor,
                $"AlignCorners has no meaning where Upsample takes the nearest position; choose Mode = {fitting}, or remove it");
        return !flow.HasFailed;
    }

    private static (string, Shape)? ToSize(StageFlow flow, LayerDeclaration layer, int axes)
    {
        if (AxisArguments.Read(flow, layer, "Size", axes) is not { } sizes)
            return null;
        var shape = flow.Shape!;
        for (var axis = 0; axis < axes; axis++)
            shape = shape.With(axis + 2, sizes[axis].Value);
        return ($"size: {sizes.Array(axes)}", shape);
    }

    private static (string, Shape)? ByScale(StageFlow flow, LayerDeclaration layer, int axes)
    {
        var shape = flow.Shape!;
        if (layer["Scale"]?.Real is { } factor)
        {
            if (!(factor > 0) || double.IsInfinity(factor))
            {
                flow.Report(
                    Rules.SizeNotPositive,
                    flow.Anchor with { Argument = "Scale" },
                    "Scale",
                    "Upsample",
                    factor.ToString(CultureInfo.InvariantCulture),
                    "0, and not 0 itself");
                return null;
            }
            for (var axis = 2; axis < shape.Rank; axis++)
                shape = shape.With(axis, Scaled(shape[axis], factor));
            var text = factor.ToString("R", CultureInfo.InvariantCulture);
            return ($"scale_factor: [{string.Join(", ", Enumerable.Repeat(text, axes))}]", shape);
        }
        if (AxisArguments.Read(flow, layer, "Scale", axes) is not { } scales)
            return null;
        for (var axis = 2; axis < shape.Rank; axis++)
            shape = shape.With(axis, shape[axis] is { } size && scales[axis - 2].Value is { } scale ? size * scale : null);
        return ($"scale_factor: {scales.Array(axes)}", shape);
    }

    /// <summary>A factor that is no integer rounds down, which symbols can't say.</summary>
    private static Size? Scaled(Size? positions, double factor) =>
        positions is null ? null
        : factor == Math.Floor(factor) && factor <= int.MaxValue ? positions * Size.Constant((long)factor)
        : positions.Value is { } count && count * factor < long.MaxValue ? Size.Constant((long)Math.Floor(count * factor))
        : null;
}
