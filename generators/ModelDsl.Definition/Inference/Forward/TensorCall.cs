namespace ModelDsl.Definition;

/// <summary>One application of a tensor operation: its operands, and how it reports what is certainly wrong.</summary>
internal sealed class TensorCall(
    string name,
    TensorValue input,
    IReadOnlyDictionary<string, FlowValue> arguments,
    PathEffect effect,
    SizeFacts facts,
    Anchor site,
    Action<Rule, string[]> report)
{
    /// <summary>The operation as the author wrote it: <c>+</c>, <c>view</c>.</summary>
    public string Name => name;

    public TensorValue Input => input;

    public Shape? Shape => input.Shape;

    public SizeFacts Facts => facts;

    public Anchor Site => site;

    /// <summary>Whether something was reported.</summary>
    public bool HasFailed { get; private set; }

    public bool Has(string parameter) => arguments.ContainsKey(parameter);

    public FlowValue? this[string parameter] => arguments.TryGetValue(parameter, out var value) ? value : null;

    /// <summary>All arguments that are tensors, or might be.</summary>
    public IEnumerable<FlowValue> Operands => arguments.Values;

    /// <summary>An integer; null where it is not known.</summary>
    public Size? Size(string parameter) => SizeFacts.Known(this[parameter]?.Size);

    /// <summary>An integer, or its default where it is left out.</summary>
    public Size? Size(string parameter, long otherwise) => Has(parameter) ? Size(parameter) : Definition.Size.Constant(otherwise);

    /// <summary>A flag, false where it is left out; null where it is not known.</summary>
    public bool? Flag(string parameter) => Has(parameter) ? (this[parameter] as FlagValue)?.Value : false;

    /// <summary>Integers, one of which may stand for a list of one; null where not even their number is known.</summary>
    public IReadOnlyList<Size?>? Sizes(string parameter) => this[parameter] switch
    {
        IntegerValue single => [SizeFacts.Known(single.Value)],
        ListValue list => [.. list.Items.Select(item => SizeFacts.Known(item.Size))],
        _ => null,
    };

    /// <summary>As many integers as there are positions: one stands for all.</summary>
    public IReadOnlyList<Size?>? Sizes(string parameter, int count, Size? otherwise)
    {
        if (!Has(parameter))
            return [.. Enumerable.Repeat(otherwise, count)];
        return Sizes(parameter) switch
        {
            [var single] => [.. Enumerable.Repeat(single, count)],
            { } sizes when sizes.Count == count => sizes,
            _ => null,
        };
    }

    /// <summary>An axis from 0 on; null where it is not known, or reported.</summary>
    /// <param name="parameter">The parameter that names it.</param>
    /// <param name="otherwise">The axis where it is left out.</param>
    /// <param name="more">How many axes the result has more, as the axis of <c>unsqueeze</c> counts in it.</param>
    public int? Axis(string parameter, int otherwise = 0, int more = 0) =>
        Shape is { } shape && Size(parameter, otherwise)?.Value is { } axis ? Normalize(axis, shape.Rank + more) : null;

    /// <summary>Axes from 0 on; null where one is not known, or reported.</summary>
    public IReadOnlyList<int>? Axes(string parameter)
    {
        if (Shape is not { } shape || Sizes(parameter) is not { } sizes || sizes.Any(size => size?.Value is null))
            return null;
        // The first that does not exist is enough.
        var axes = sizes.Select(size => Normalize(size!.Value!.Value, shape.Rank)).TakeWhile(axis => axis is not null).ToList();
        return axes.Count < sizes.Count ? null : [.. axes.Select(axis => axis!.Value)];
    }

    /// <summary>What comes out, with the effect of the operation on the path.</summary>
    public TensorValue Result(Shape? shape, int? channels) => new(shape, shape is null ? null : channels, Path());

    public TensorValue UnknownTensor() => Result(null, null);

    /// <summary>What comes out of an operation that certainly fails.</summary>
    public TensorValue Fail(Rule rule, params string[] particulars)
    {
        Report(rule, particulars);
        return TensorValue.Failed;
    }

    /// <summary>What comes out of one tensor: arguments are settings, no operands.</summary>
    public TensorValue Unmixed(Shape? shape, int? channels) => effect == PathEffect.Unknown
        ? new(shape, shape is null ? null : channels, input.Path is null ? null : FlowPath.AppendUnknown(input.Path, site))
        : Result(shape, channels);

    /// <summary>The same signal, whatever the operation usually does to one.</summary>
    public TensorValue Unchanged(Shape? shape, int? channels) => new(shape, shape is null ? null : channels, input.Path);

    /// <summary>The signal after one more step.</summary>
    public TensorValue After(PathStep step, Shape? shape, int? channels) =>
        new(shape, shape is null ? null : channels, FlowPath.Append(input.Path, [step]));

    /// <summary>The path of a result that several tensors made.</summary>
    public EquatableArray<PathStep>? Mixed(IEnumerable<FlowValue> operands)
    {
        var paths = operands.OfType<TensorValue>().Select(operand => operand.Path).ToList();
        return paths.All(path => path is null)
            ? null
            : FlowPath.AppendUnknown(paths.Aggregate(FlowPath.Join), site);
    }

    private EquatableArray<PathStep>? Path() => effect switch
    {
        PathEffect.None => input.Path,
        PathEffect.Activation => FlowPath.Append(input.Path, [new PathStep(PathStepKind.Activation, site)]),
        _ => Mixed(arguments.Values.SelectMany(Flatten).Prepend(input)),
    };

    private static IEnumerable<FlowValue> Flatten(FlowValue value) => value is ListValue list ? list.Items : [value];

    private int? Normalize(long axis, int rank)
    {
        // A scalar counts as one axis here.
        var count = Math.Max(rank, 1);
        if (axis >= -count && axis < count)
            return rank == 0 ? null : (int)(axis < 0 ? axis + rank : axis);
        Report(Rules.AxisMissing, name, $"{axis}", $"{Shape}", $"{-count}", $"{count - 1}");
        return null;
    }

    private void Report(Rule rule, params string[] particulars)
    {
        report(rule, particulars);
        HasFailed = true;
    }
}
