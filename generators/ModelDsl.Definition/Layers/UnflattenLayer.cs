namespace ModelDsl.Definition;

/// <summary>Splits an axis into several; its result shares the input's memory.</summary>
public sealed class UnflattenLayer : LayerKind
{
    private const int ChannelsFirst = 1;
    private const int ChannelsLast = 2;

    public override string Attribute => "Unflatten";

    public override string Kind => "unflatten";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (flow.Shape is not { } shape)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
            return;
        }
        var written = layer["Axis"]?.Number ?? 1;
        var axis = (int)(written < 0 ? written + shape.Rank : written);
        if (axis < 0 || axis >= shape.Rank)
        {
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                $"Unflatten of axis {written}",
                "an axis that it has",
                $"{shape}",
                $"choose 0 to {shape.Rank - 1}");
            return;
        }
        if (AxisArguments.ReadList(flow, layer, "Sizes", minimum: -1) is not { } parts
            || Sizes(flow, parts, shape[axis]) is not { } sizes)
            return;
        var axes = shape.Axes.Take(axis).Concat(sizes.Select(Axis.Of)).Concat(shape.Axes.Skip(axis + 1)).ToEquatableArray();
        var field = flow.AddField(
            Kind,
            $"{TorchNames.Modules}.Unflatten",
            $"{TorchNames.Functions}.Unflatten({axis}, [{string.Join(", ", parts.Select(part => part.Code))}])");
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", new(axes)) { OutputMayAliasInput = true, KeepsMemory = true },
            field,
            ChannelAxis(flow.ChannelAxis, axis, sizes.Count, axes.Count, layer["Layout"]?.Number));
    }

    /// <summary>The sizes, with -1 replaced by what the rest leaves; null after a finding.</summary>
    private static IReadOnlyList<Size?>? Sizes(StageFlow flow, IReadOnlyList<SizeExpression> parts, Size? whole)
    {
        var open = parts.Count(part => part.Value?.Value == -1);
        if (open > 1 || parts.Any(part => part.Value?.Value == 0))
        {
            flow.Report(
                Rules.SizeNotPositive,
                flow.Anchor with { Argument = "Sizes" },
                "A size",
                "Unflatten",
                open > 1 ? "-1 twice" : "0",
                "1, or -1 once");
            return null;
        }
        var product = parts.Where(part => part.Value?.Value != -1).Aggregate(
            (Size?)Size.One,
            static (size, part) => size is null || part.Value is null ? null : size * part.Value);
        var rest = whole is null || product is null ? null : open == 1 ? Size.Remainder(whole, product) : whole - product;
        if (rest?.Value is not null and not 0)
        {
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                $"Unflatten into {string.Join(" x ", parts.Select(part => part.Code))}",
                open == 1 ? $"a multiple of {product}" : $"{product} on the axis that it splits",
                $"{flow.Shape}",
                "choose sizes whose product is the axis");
            return null;
        }
        foreach (var part in parts.Where(part => part.Value?.Value is null))
            flow.Model.CheckPositive(flow.Stage.Name, part);
        var left = whole is null || product is null ? null : Size.Divide(whole, product);
        return [.. parts.Select(part => part.Value?.Value == -1 ? left : part.Value)];
    }

    /// <summary>Where the channels stand: of the axis that held them by the layout, else by the rank as for an input.</summary>
    private static int? ChannelAxis(int? before, int axis, int parts, int rank, long? layout)
    {
        if (before is { } channels && channels != axis)
            return channels < axis ? channels : channels + parts - 1;
        return layout switch
        {
            ChannelsFirst => 1,
            ChannelsLast => rank - 1,
            _ => rank >= 4 ? 1 : rank - 1,
        };
    }
}
