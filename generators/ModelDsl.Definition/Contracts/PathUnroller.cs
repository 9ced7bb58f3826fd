namespace ModelDsl.Definition;

/// <summary>The layers of a model one after the other for given parameters: blocks unrolled, sizes constant.</summary>
public static class PathUnroller
{
    private const int MostSteps = 10_000;

    /// <summary>The layers with the stage's layer that each belongs to; null where a size that matters is not given.</summary>
    /// <param name="steps">The model's layers.</param>
    /// <param name="parameters">The value of each parameter by its name in C#; null where it isn't known.</param>
    public static IReadOnlyList<PathStep>? Unroll(IEnumerable<PathStep> steps, Func<string, long?> parameters)
    {
        var path = new List<PathStep>();
        return Unroll(steps, symbol => parameters(symbol) is { } value ? Size.Constant(value) : null, null, path) ? path : null;
    }

    private static bool Unroll(IEnumerable<PathStep> steps, Func<string, Size?> parameters, Anchor? layer, List<PathStep> path)
    {
        foreach (var step in steps)
        {
            var owner = layer ?? step.Layer;
            var isUnrolled = step.Kind == PathStepKind.Block
                ? UnrollBlock(step, parameters, owner, path)
                : Add(step, parameters, owner, path);
            if (!isUnrolled || path.Count > MostSteps)
                return false;
        }
        return true;
    }

    private static bool UnrollBlock(PathStep block, Func<string, Size?> parameters, Anchor? owner, List<PathStep> path)
    {
        if (block.Repeat?.Substitute(parameters)?.Value is not { } count)
            return false;
        for (var index = 0L; index < count; index++)
        {
            var here = Size.Constant(index);
            if (!Unroll(block.Inner, symbol => symbol == SizeNames.Index ? here : parameters(symbol), owner, path))
                return false;
        }
        return true;
    }

    private static bool Add(PathStep step, Func<string, Size?> parameters, Anchor? owner, List<PathStep> path)
    {
        var inner = new List<PathStep>();
        if (!Unroll(step.Inner, parameters, owner, inner))
            return false;
        var channels = step.Channels?.Substitute(parameters);
        if (step.Channels is not null && channels?.Value is null)
            return false;
        path.Add(step with
        {
            Layer = owner,
            Channels = channels,
            Identity = step.Identity?.Substitute(parameters),
            Inner = inner.ToEquatableArray(),
            Kernel = step.Kernel?.Substitute(parameters),
            Stride = step.Stride?.Substitute(parameters),
            Padding = step.Padding?.Substitute(parameters),
        });
        return true;
    }
}
