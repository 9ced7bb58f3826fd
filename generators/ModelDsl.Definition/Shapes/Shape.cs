using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>The shape of a tensor of known rank, or of known last axes behind any number of others.</summary>
public sealed record Shape(EquatableArray<Axis> Axes)
{
    /// <summary>The number of axes; where leading axes are open, they count as one.</summary>
    public int Rank => Axes.Count;

    /// <summary>Whether any number of axes stands before the others.</summary>
    public bool IsOpen => Axes.Count > 0 && Axes[0] == Axis.Leading;

    public Size? this[int axis] => Axes[axis < 0 ? Axes.Count + axis : axis].Size;

    public static Shape Of(params Size?[] sizes) => new(sizes.Select(Axis.Of).ToEquatableArray());

    public Shape With(int axis, Size? size)
    {
        var position = axis < 0 ? Rank + axis : axis;
        return new(Axes.Select((old, i) => i == position ? Axis.Of(size) : old).ToEquatableArray());
    }

    public Shape Substitute(Func<string, Size?> replacement) =>
        new(Axes.Select(axis => Axis.Of(axis.Size?.Substitute(replacement))).ToEquatableArray());

    /// <summary>
    /// The shape with its leading axes replaced by those that another has there, so that both have as many; null where the other
    /// has fewer than are known. A shape that is not open stays.
    /// </summary>
    /// <param name="other">The other shape.</param>
    /// <param name="known">How many axes are known behind the leading ones, here or in the shape that the other fills.</param>
    public Shape? Fill(Shape other, int known)
    {
        if (!IsOpen || other.IsOpen)
            return this;
        return other.Rank < known ? null : new(other.Axes.Take(other.Rank - known).Concat(Axes.Skip(1)).ToEquatableArray());
    }

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
