namespace ModelDsl.Definition;

/// <summary>A pattern of axes bound to the shape that flows.</summary>
internal sealed class PatternBinding(StageFlow flow, AxisPattern pattern, Anchor anchor)
{
    private readonly Dictionary<string, Size?> _sizes = [];
    private readonly List<AxisGroup> _left = [];
    private readonly List<AxisGroup> _right = [];

    /// <summary>The shape that goes out; null after a finding.</summary>
    /// <param name="given">Sizes that were written.</param>
    public Shape? Infer(IReadOnlyDictionary<string, SizeExpression> given)
    {
        if (!Expand())
            return null;
        foreach (var size in given)
            _sizes[size.Key] = size.Value.Value;
        var shape = flow.Shape!;
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            if (!Bind(_left[axis], axis, shape[axis], given))
                return null;
        }
        return new(_right.Select(group => Axis.Of(Product(group.Axes))).ToEquatableArray());
    }

    /// <summary>Where the channels went: their axis, or the slowest of those that it is composed of.</summary>
    public int? ChannelAxis(int? axis)
    {
        if (axis is not { } channels || _left[channels].Axes.Length == 0)
            return null;
        var name = _left[channels].Axes[0].Name;
        return _right.FindIndex(group => group.Axes.Any(token => token.Name == name));
    }

    /// <summary>Gives the axes of <c>...</c> names of their own.</summary>
    private bool Expand()
    {
        var ellipsis = pattern.Left.Any(group => group.Axes.Any(token => token.IsEllipsis));
        var missing = flow.Shape!.Rank - pattern.Left.Length + (ellipsis ? 1 : 0);
        if (missing < 0 || (!ellipsis && missing > 0))
        {
            var takes = ellipsis ? $"at least {pattern.Left.Length - 1}" : $"{pattern.Left.Length}";
            Report($"The pattern takes {takes} axes, found [{flow.Shape}]", 0, 0);
            return false;
        }
        foreach (var (groups, expanded) in new[] { (pattern.Left, _left), (pattern.Right, _right) })
        {
            foreach (var group in groups)
            {
                var axes = group.Axes.SelectMany(token => token.IsEllipsis ? Nameless(token, missing) : [token]);
                if (group is { IsComposed: false, Axes: [{ IsEllipsis: true }] })
                    expanded.AddRange(axes.Select(token => new AxisGroup([token], IsComposed: false)));
                else
                    expanded.Add(new([.. axes], group.IsComposed));
            }
        }
        return true;
    }

    private static IEnumerable<AxisToken> Nameless(AxisToken ellipsis, int count) =>
        Enumerable.Range(0, count).Select(index => new AxisToken($"...{index}", ellipsis.Start));

    private bool Bind(AxisGroup group, int axis, Size? size, IReadOnlyDictionary<string, SizeExpression> given)
    {
        var open = group.Axes.Where(token => !given.ContainsKey(token.Name)).ToList();
        var (start, length) = Place(group);
        if (open.Count > 1)
        {
            var last = open[open.Count - 1];
            var names = string.Join(" ", group.Axes.Select(token => token.Name));
            return Report(
                $"Only one size in ({names}) can be inferred; give the others, such as \"{last.Name}: 2\"",
                last.Start,
                last.Name.Length);
        }
        var known = group.Axes.Where(token => given.ContainsKey(token.Name)).Aggregate((Size?)Size.One, Times);
        if (open.Count == 0)
            return known is null || size is null || (known - size).Value is null or 0
                || Report($"Axis {axis} of [{flow.Shape}] is {size}, but the pattern makes it {known}", start, length);
        _sizes[open[0].Name] = size is null || known is null ? null : Size.Divide(size, known);
        return known?.Value is not { } divisor || size is null || size.IsMultipleOf(divisor) is not false
            || Report($"Axis {axis} of [{flow.Shape}] is {size}, which {divisor} does not divide", start, length);
    }

    private Size? Product(IEnumerable<AxisToken> axes) => axes.Aggregate((Size?)Size.One, Times);

    private Size? Times(Size? product, AxisToken token) =>
        product is not null && _sizes.TryGetValue(token.Name, out var size) && size is not null ? product * size : null;

    private static (int Start, int Length) Place(AxisGroup group)
    {
        if (group.Axes.Length == 0)
            return (0, 0);
        var (first, last) = (group.Axes[0], group.Axes[group.Axes.Length - 1]);
        return (first.Start, last.Start + last.Name.Length - first.Start);
    }

    private bool Report(string message, int start, int length)
    {
        flow.Report(Rules.PatternDoesNotFit, anchor with { Start = start, Length = length }, message);
        return false;
    }
}
