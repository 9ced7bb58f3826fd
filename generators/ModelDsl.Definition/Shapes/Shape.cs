using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>The shape of a tensor of known rank.</summary>
public sealed record Shape(EquatableArray<Axis> Axes)
{
    public int Rank => Axes.Count;

    public Size? this[int axis] => Axes[axis < 0 ? Axes.Count + axis : axis].Size;

    public static Shape Of(params Size?[] sizes) => new(sizes.Select(Axis.Of).ToEquatableArray());

    public Shape With(int axis, Size? size)
    {
        var position = axis < 0 ? Rank + axis : axis;
        return new(Axes.Select((old, i) => i == position ? Axis.Of(size) : old).ToEquatableArray());
    }

    public Shape Substitute(Func<string, Size?> replacement) =>
        new(Axes.Select(axis => Axis.Of(axis.Size?.Substitute(replacement))).ToEquatableArray());

    /// <summary>The first axis whose sizes can't be equal; null where there is none, or where the sizes may be equal.</summary>
    public int? FirstConflict(Shape other)
    {
        for (var axis = 0; axis < Math.Min(Rank, other.Rank); axis++)
        {
            if (this[axis] is { } left && other[axis] is { } right && (left - right).Value is not null and not 0)
                return axis;
        }
        return null;
    }

    public override string ToString() => string.Join(", ", Axes);
}
