namespace ModelDsl.Definition;

/// <summary>
/// What was found against what is declared: free axes name whatever comes, the others must be able to be equal.
/// </summary>
internal static class ShapeMatch
{
    /// <summary>A certain conflict; null where there is none.</summary>
    public static ShapeConflict? Conflict(DeclaredShape declared, Shape found, SizeFacts facts)
    {
        if (declared.Axes.Count != found.Rank)
            return new(declared.Shape, found, Math.Min(declared.Axes.Count, found.Rank));
        var free = new Dictionary<Size, Size>();
        for (var axis = 0; axis < found.Rank; axis++)
        {
            var (size, code) = (declared.Axes[axis].Size, declared.Axes[axis].Code);
            if (size is null || found[axis] is not { } here)
                continue;
            // A free name stands for one size wherever it is repeated.
            var expected = code is not null ? size : free.TryGetValue(size, out var first) ? first : here;
            free[size] = expected;
            if (facts.Differ(expected, here))
                return new(declared.Shape, found, axis);
        }
        return null;
    }

    /// <summary>What was found, with what is declared where that is known better.</summary>
    public static Shape Refine(DeclaredShape declared, Shape found) => new(
        found.Axes
            .Select((axis, position) => declared.Axes[position] is { Code: not null, Size: { } size } ? new Axis(size) : axis)
            .ToEquatableArray());

    /// <summary>A declared result in the terms of a call: free axes mean what the arguments made of them.</summary>
    public static Shape Result(DeclaredShape declared, IReadOnlyDictionary<string, Size?> free) => new(
        declared.Axes.Select(axis => Axis.Of(axis.Code is not null ? axis.Size : Bound(axis, free))).ToEquatableArray());

    /// <summary>What the free axes of a declared shape are in a shape that was found; null where they are not one size.</summary>
    public static void Bind(DeclaredShape declared, Shape? found, Dictionary<string, Size?> free)
    {
        for (var axis = 0; axis < declared.Axes.Count; axis++)
        {
            if (FreeName(declared.Axes[axis]) is not { } name)
                continue;
            var size = found?.Rank == declared.Axes.Count ? found[axis] : null;
            if (!free.TryGetValue(name, out var known) || known is null)
                free[name] = size;
        }
    }

    private static Size? Bound(DeclaredAxis axis, IReadOnlyDictionary<string, Size?> free) =>
        FreeName(axis) is { } name && free.TryGetValue(name, out var size) ? size : null;

    private static string? FreeName(DeclaredAxis axis) => axis is { Code: null, Size: { } size } ? size.ToString() : null;
}
