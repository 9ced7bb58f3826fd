namespace ModelDsl.Definition;

/// <summary>What is known where two ways through a body meet.</summary>
internal static class FlowJoin
{
    public static FlowValue Join(FlowValue left, FlowValue right) => (left, right) switch
    {
        _ when left.Equals(right) => left,
        (TensorValue { HasFailed: true }, _) or (_, TensorValue { HasFailed: true }) => TensorValue.Failed,
        (TensorValue one, TensorValue other) => Join(one, other),
        (IntegerValue, IntegerValue) => new IntegerValue(null),
        (RealValue or IntegerValue, RealValue or IntegerValue) => new RealValue(null),
        (FlagValue, FlagValue) => new FlagValue(null),
        (ListValue one, ListValue other) when one.Items.Count == other.Items.Count =>
            new ListValue(one.Items.Zip(other.Items, Join).ToEquatableArray()),
        _ => FlowValue.Unknown,
    };

    /// <summary>Of the locals; one that only one way assigns can't be read afterwards.</summary>
    public static ForwardLocals? Join(ForwardLocals? left, ForwardLocals? right)
    {
        if (left is null || right is null)
            return left ?? right;
        if (ReferenceEquals(left, right))
            return left;
        var joined = left;
        foreach (var name in left.Names.Union(right.Names))
            joined = joined.With(name, left[name] is { } one && right[name] is { } other ? Join(one, other) : FlowValue.Unknown);
        return joined;
    }

    private static TensorValue Join(TensorValue left, TensorValue right)
    {
        var shape = left.Shape is { } one && right.Shape is { } other && one.Rank == other.Rank
            ? new Shape(one.Axes.Zip(other.Axes, (a, b) => a.Equals(b) ? a : Axis.Unknown).ToEquatableArray())
            : null;
        var channels = shape is not null && left.ChannelAxis == right.ChannelAxis ? left.ChannelAxis : null;
        return new(shape, channels, FlowPath.Join(left.Path, right.Path));
    }
}
