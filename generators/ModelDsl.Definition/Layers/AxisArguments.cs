namespace ModelDsl.Definition;

/// <summary>
/// Reads sizes over position axes: an integer, a size expression, or a list of them in a string, <c>"1, 7"</c>.
/// </summary>
internal static class AxisArguments
{
    /// <summary>The sizes of an argument, a default where it isn't written; null after a finding.</summary>
    public static AxisSizes? Read(
        StageFlow flow,
        LayerDeclaration layer,
        string argument,
        int axes,
        AxisSizes? otherwise = null,
        long minimum = 1)
    {
        if (layer[argument] is null)
            return otherwise;
        if (ReadList(flow, layer, argument, minimum) is not { } sizes)
            return null;
        return sizes.Count == 1 || Demand(flow, layer, argument, sizes.Count, axes) ? AxisSizes.Of([.. sizes]) : null;
    }

    /// <summary>The sizes that stand in a list, as many as there are; null after a finding.</summary>
    public static IReadOnlyList<SizeExpression>? ReadList(StageFlow flow, LayerDeclaration layer, string argument, long minimum)
    {
        if (layer[argument]?.Text is not { } text || !text.Contains(','))
            return flow.Size(argument, minimum) is { } size ? [size] : null;
        var sizes = new List<SizeExpression>();
        foreach (var (start, part) in ShapeParser.Split(text))
        {
            if (Read(flow, layer, argument, start, part, minimum) is not { } read)
                return null;
            sizes.Add(read);
        }
        return sizes;
    }

    /// <summary>Whether a list has a size for each of what it is about, else a finding.</summary>
    public static bool Demand(StageFlow flow, LayerDeclaration layer, string argument, int found, int needed)
    {
        if (found == needed)
            return true;
        flow.Report(
            Rules.SizeForEachAxis,
            flow.Anchor with { Argument = argument },
            argument,
            layer.Attribute,
            $"{found}",
            layer[argument]!.Text!,
            $"{needed}");
        return false;
    }

    private static SizeExpression? Read(
        StageFlow flow,
        LayerDeclaration layer,
        string argument,
        int start,
        string part,
        long minimum)
    {
        var size = SizeParser.Parse(part, flow.Model.Sizes, out var errors);
        var anchor = flow.Anchor with { Argument = argument };
        var inList = errors.Select(error => error with { Start = error.Start + start });
        flow.Report(inList, anchor, layer[argument]!.Text!, flow.Model.Sizes);
        if (size?.Value?.Value < minimum)
        {
            flow.Report(
                Rules.SizeNotPositive,
                anchor with { Start = start, Length = part.Length },
                argument,
                layer.Attribute,
                $"{size!.Value}",
                $"{minimum}");
            return null;
        }
        if (size is not null && minimum > 0)
            flow.Model.CheckPositive(flow.Stage.Name, size);
        return size;
    }
}
