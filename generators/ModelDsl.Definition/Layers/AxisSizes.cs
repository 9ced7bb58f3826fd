namespace ModelDsl.Definition;

/// <summary>Sizes over the position axes of feature maps: one that holds for all of them, or one each.</summary>
/// <param name="Each">One size, or one for each position axis.</param>
public sealed record AxisSizes(EquatableArray<SizeExpression> Each)
{
    public static readonly AxisSizes Zero = Of(SizeExpression.Of(0));

    public static readonly AxisSizes One = Of(SizeExpression.Of(1));

    /// <summary>Whether one size holds for all axes.</summary>
    public bool IsUniform => Each.Count == 1;

    /// <summary>The one size of all axes; null where they differ.</summary>
    public SizeExpression? Uniform => IsUniform ? Each[0] : null;

    /// <summary>The size on a position axis, counted from the first of them.</summary>
    public SizeExpression this[int axis] => Each[IsUniform ? 0 : axis];

    /// <summary>Sizes in the order of the axes; the same on each is one.</summary>
    public static AxisSizes Of(params SizeExpression[] sizes) =>
        new((sizes.Distinct().Count() == 1 ? sizes.Take(1) : sizes).ToEquatableArray());

    /// <summary>Whether every size is this constant.</summary>
    public bool Is(long value) => Each.All(size => size.Value?.Value == value);

    /// <summary>C# of the one size, or of a tuple.</summary>
    /// <param name="axes">The number of position axes.</param>
    /// <param name="asTuple">Whether there is one for each; then the other sizes of the call are tuples as well.</param>
    public string Code(int axes, bool asTuple) => asTuple ? $"({List(axes)})" : Each[0].Code;

    /// <summary>C# of an array with one size for each axis.</summary>
    public string Array(int axes) => $"[{List(axes)}]";

    /// <summary>What is computed of the sizes of each axis.</summary>
    public AxisSizes Zip(AxisSizes other, Func<SizeExpression, SizeExpression, SizeExpression> combine) =>
        Of([.. Enumerable.Range(0, Math.Max(Each.Count, other.Each.Count)).Select(axis => combine(this[axis], other[axis]))]);

    public override string ToString() => string.Join(" x ", Each.Select(size => $"{size.Value}"));

    private string List(int axes) => string.Join(", ", Enumerable.Range(0, axes).Select(axis => this[axis].Code));
}
