namespace ModelDsl.Definition;

/// <summary>Channels that divide into groups: certain now, or checked when the model is built.</summary>
internal static class ConvolutionGroups
{
    /// <summary>Whether input and output channels may divide into the groups, else a finding.</summary>
    public static bool Divide(StageFlow flow, SizeExpression groups, params SizeExpression[] channels)
    {
        foreach (var size in channels)
        {
            if (!Divide(flow, groups, size))
                return false;
        }
        return true;
    }

    private static bool Divide(StageFlow flow, SizeExpression groups, SizeExpression channels)
    {
        var remainder = channels.Value is { } size && groups.Value is { } count ? Remainder(size, count) : null;
        if (remainder == 0)
            return true;
        if (remainder is null)
        {
            flow.Model.CheckMultiple(flow.Stage.Name, channels.Code, groups.Code);
            return true;
        }
        flow.Report(
            Rules.GroupsDoNotDivide,
            flow.Anchor with { Argument = "Groups" },
            $"{channels.Value}",
            $"{groups.Value} groups",
            Divisors.Of(channels.Value!.Value!.Value));
        return false;
    }

    private static long? Remainder(Size channels, Size groups) =>
        groups.Value is { } count && channels.IsMultipleOf(count) == true ? 0 : Size.Remainder(channels, groups).Value;
}
