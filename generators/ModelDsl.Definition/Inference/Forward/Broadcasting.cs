namespace ModelDsl.Definition;

/// <summary>
/// Axes are matched from the end; sizes are equal, or one of them is 1 and repeated. A conflict is certain only where the sizes
/// differ and neither can be 1.
/// </summary>
internal static class Broadcasting
{
    /// <summary>Any number of operands, element by element.</summary>
    public static FlowValue Combine(TensorCall call) =>
        Fold(call) is { } result
            ? result with { Path = call.Mixed(call.Operands.Prepend(call.Input)) }
            : call.UnknownTensor();

    /// <summary>A sum: of an identity shortcut and a branch, where the paths say so.</summary>
    public static FlowValue Add(TensorCall call)
    {
        if (Fold(call) is not { } result)
            return call.UnknownTensor();
        var operands = call.Operands.OfType<TensorValue>().ToList();
        if (operands.Count != 1 || call.Operands.Count() != 1)
            return result with { Path = call.Mixed(call.Operands.Prepend(call.Input)) };
        var channels = result is { Shape: { } shape, ChannelAxis: { } axis } ? shape[axis] : null;
        return result with { Path = FlowPath.Sum(call.Input.Path, operands[0].Path, call.Site, channels) };
    }

    /// <summary>The shape of two broadcast shapes; null where a rank is unknown or after a certain conflict.</summary>
    public static Shape? Of(Shape? left, Shape? right, SizeFacts facts, out int? conflict)
    {
        conflict = null;
        if (left is null || right is null)
            return null;
        var rank = Math.Max(left.Rank, right.Rank);
        var sizes = new Size?[rank];
        for (var fromEnd = 1; fromEnd <= rank; fromEnd++)
        {
            if (fromEnd > left.Rank || fromEnd > right.Rank)
                sizes[rank - fromEnd] = fromEnd > left.Rank ? right[-fromEnd] : left[-fromEnd];
            else if (facts.Differ(left[-fromEnd], right[-fromEnd])
                && facts.IsNeverOne(left[-fromEnd]) && facts.IsNeverOne(right[-fromEnd]))
                conflict ??= fromEnd;
            else
                sizes[rank - fromEnd] = Of(left[-fromEnd], right[-fromEnd], facts);
        }
        return conflict is null ? Shape.Of(sizes) : null;
    }

    private static Size? Of(Size? left, Size? right, SizeFacts facts)
    {
        if (left is not null && left.Equals(right))
            return left;
        if (left?.Value == 1)
            return right;
        if (right?.Value == 1)
            return left;
        return facts.IsNeverOne(left) ? left : facts.IsNeverOne(right) ? right : null;
    }

    private static TensorValue? Fold(TensorCall call)
    {
        var result = call.Input;
        foreach (var operand in call.Operands)
        {
            if (operand is UnknownValue)
                result = result with { Shape = null, ChannelAxis = null };
            if (operand is not TensorValue tensor)
                continue;
            var shape = Of(result.Shape, tensor.Shape, call.Facts, out var conflict);
            if (conflict is { } axis)
            {
                call.Fail(Rules.CannotBroadcast, call.Name, $"{result.Shape}", $"{tensor.Shape}", $"{axis}",
                    $"{result.Shape![-axis]}", $"{tensor.Shape![-axis]}");
                return null;
            }
            result = new(shape, shape is null ? null : Channels(result, tensor, shape.Rank), null);
        }
        return result;
    }

    /// <summary>The channel axis that the operands agree on; what states none follows the other.</summary>
    private static int? Channels(TensorValue left, TensorValue right, int rank)
    {
        var one = left.ChannelAxis + rank - left.Shape!.Rank;
        var other = right.ChannelAxis + rank - right.Shape!.Rank;
        // Parameters and masks are shaped to fit what flows.
        if (left.Path is null != right.Path is null && one is not null && other is not null)
            return left.Path is null ? other : one;
        return one is null || other is null || one == other ? one ?? other : null;
    }
}
