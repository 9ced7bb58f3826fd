namespace ModelDsl.Definition;

/// <summary>The layers that signals pass through a hand-written body.</summary>
internal static class FlowPath
{
    /// <summary>A path that is longer says nothing that a judgment could use.</summary>
    private const int Longest = 500;

    public static EquatableArray<PathStep>? Append(EquatableArray<PathStep>? path, IEnumerable<PathStep> steps) =>
        path is { } known ? Bounded([.. known, .. steps]) : null;

    /// <summary>A step that no judgment understands; layers that it may hold are still there to be found.</summary>
    public static EquatableArray<PathStep>? AppendUnknown(
        EquatableArray<PathStep>? path,
        Anchor? site,
        EquatableArray<PathStep> inner = default) =>
        Append(path, [new PathStep(PathStepKind.Unknown, site, Inner: inner)]);

    /// <summary>What two ways have in common, and then either rest.</summary>
    public static EquatableArray<PathStep>? Join(EquatableArray<PathStep>? left, EquatableArray<PathStep>? right)
    {
        if (left is not { } one || right is not { } other)
            return left is null && right is null
                ? null
                : AppendUnknown(default(EquatableArray<PathStep>), null, left ?? right ?? default);
        if (one.Equals(other))
            return left;
        var common = CommonLength(one, other);
        return AppendUnknown(
            one.Take(common).ToEquatableArray(), null, one.Skip(common).Concat(other.Skip(common)).ToEquatableArray());
    }

    /// <summary>
    /// A sum: a residual step where what one of the two has passed begins with all that the other has, so that the other is the
    /// identity shortcut; else unknown.
    /// </summary>
    public static EquatableArray<PathStep>? Sum(
        EquatableArray<PathStep>? left,
        EquatableArray<PathStep>? right,
        Anchor site,
        Size? channels)
    {
        if (left is not { } one || right is not { } other)
            return left is null && right is null ? null : AppendUnknown(left ?? right, site);
        var (shorter, longer) = one.Count <= other.Count ? (one, other) : (other, one);
        var common = CommonLength(one, other);
        if (common == shorter.Count && longer.Count > common)
        {
            var branch = longer.Skip(common).ToEquatableArray();
            return Append(shorter, [new PathStep(PathStepKind.Residual, site, channels, Inner: branch, Stride: Size.One)]);
        }
        return AppendUnknown(
            one.Take(common).ToEquatableArray(), site, one.Skip(common).Concat(other.Skip(common)).ToEquatableArray());
    }

    private static int CommonLength(EquatableArray<PathStep> left, EquatableArray<PathStep> right)
    {
        var common = 0;
        while (common < Math.Min(left.Count, right.Count) && left[common].Equals(right[common]))
            common++;
        return common;
    }

    private static EquatableArray<PathStep> Bounded(IReadOnlyCollection<PathStep> steps) =>
        steps.Sum(Count) > Longest
            ? new[] { new PathStep(PathStepKind.Unknown, null) }.ToEquatableArray()
            : steps.ToEquatableArray();

    private static int Count(PathStep step) => 1 + step.Inner.Sum(Count);
}
