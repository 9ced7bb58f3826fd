namespace ModelDsl.Definition;

/// <summary>Channels that divide: certain now, or checked when the model is built.</summary>
internal static class Divisibility
{
    /// <summary>Whether channels may divide into groups, else a finding.</summary>
    public static bool DivideIntoGroups(StageFlow flow, SizeExpression groups, params SizeExpression[] channels)
    {
        foreach (var size in channels)
        {
            if (!DivideIntoGroups(flow, groups, size))
                return false;
        }
        return true;
    }

    /// <summary>The remainder, where it is certain whatever the symbols are.</summary>
    public static long? Remainder(Size size, Size divisor) =>
        IsMultiple(size, divisor) ? 0 : Size.Remainder(size, divisor).Value;

    private static bool IsMultiple(Size size, Size divisor) =>
        (divisor.Value is { } constant && size.IsMultipleOf(constant) == true)
        || (divisor.Value != 0 && (Size.Divide(size, divisor) * divisor).Equals(size));

    private static bool DivideIntoGroups(StageFlow flow, SizeExpression groups, SizeExpression channels)
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
}
