namespace ModelDsl.Definition;

/// <summary>The layers of a model one after the other for given parameters: blocks unrolled, sizes constant.</summary>
public sealed class PathUnroller
{
    /// <summary>Far beyond any network that is trained; a number typed by mistake must not keep the editor busy.</summary>
    private const int MostSteps = 20_000;

    private int _steps;

    private PathUnroller()
    {
    }

    /// <summary>The layers with the stage's layer that each belongs to; null where a size that matters is not given.</summary>
    /// <param name="steps">The model's layers.</param>
    /// <param name="parameters">The value of each parameter by its name in C#; null where it isn't known.</param>
    public static IReadOnlyList<PathStep>? Unroll(IEnumerable<PathStep> steps, Func<string, long?> parameters)
    {
        var path = new List<PathStep>();
        Size? Value(string symbol) => parameters(symbol) is { } value ? Size.Constant(value) : null;
        return new PathUnroller().Unroll(steps, Value, null, path) ? path : null;
    }

    private bool Unroll(IEnumerable<PathStep> steps, Func<string, Size?> parameters, Anchor? layer, List<PathStep> path)
    {
        foreach (var step in steps)
        {
            var owner = layer ?? step.Layer;
            var isUnrolled = step.Kind switch
            {
                PathStepKind.Block => UnrollBlock(step, parameters, owner, path),
                PathStepKind.Optional => UnrollOptional(step, parameters, owner, path),
                _ => Add(step, parameters, owner, path),
            };
            if (!isUnrolled)
                return false;
        }
        return true;
    }

    private bool UnrollBlock(PathStep block, Func<string, Size?> parameters, Anchor? owner, List<PathStep> path)
    {
        if (block.Inner.Count == 0)
            return true;
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

    private bool UnrollOptional(PathStep step, Func<string, Size?> parameters, Anchor? owner, List<PathStep> path) =>
        step.Identity?.Substitute(parameters)?.Truth() is { } exists && (!exists || Unroll(step.Inner, parameters, owner, path));

    private bool Add(PathStep step, Func<string, Size?> parameters, Anchor? owner, List<PathStep> path)
    {
        var inner = new List<PathStep>();
        if (++_steps > MostSteps || !Unroll(step.Inner, parameters, owner, inner))
            return false;
        var channels = step.Channels?.Substitute(parameters);
        if (channels?.Value is null
            && step.Kind is PathStepKind.Convolution or PathStepKind.Normalization or PathStepKind.Residual)
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
