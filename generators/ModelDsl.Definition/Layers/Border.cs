namespace ModelDsl.Definition;

/// <summary>Padding that is made of the map itself.</summary>
internal static class Border
{
    /// <summary>
    /// Whether a map may have the positions that a padding takes, else a finding: all of an axis where it is wrapped, one less
    /// where it is mirrored.
    /// </summary>
    public static bool Fits(StageFlow flow, string layer, int axis, Size? padding, bool isMirrored)
    {
        if (padding?.Value is not { } border || flow.Shape![axis]?.Value is not { } positions)
            return true;
        var needed = isMirrored ? border + 1 : border;
        if (border <= 0 || positions >= needed)
            return true;
        flow.Report(
            Rules.LayerDoesNotFit,
            flow.Anchor,
            layer,
            $"at least {needed} positions on axis {axis} for a padding of {border}",
            $"{flow.Shape}",
            "choose a smaller padding");
        return false;
    }
}
