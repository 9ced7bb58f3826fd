namespace ModelDsl.Definition;

/// <summary>Matrix products and sums of products.</summary>
internal static class Products
{
    /// <summary><c>[.., n, k] x [.., k, m]</c>; a vector counts as one row or one column.</summary>
    public static FlowValue Multiply(TensorCall call)
    {
        if (call["target"] is not TensorValue { Shape: { Rank: > 0 } right } other || call.Shape is not { Rank: > 0 } left)
            return call.UnknownTensor();
        var inner = right.Rank == 1 ? 0 : right.Rank - 2;
        if (call.Facts.Differ(left[-1], right[inner]))
            return Fail(call, left, right, inner);
        var batch = Broadcasting.Of(Batch(left), Batch(right), call.Facts, out var conflict);
        if (conflict is { } axis)
            return call.Fail(Rules.CannotBroadcast, call.Name, $"{left}", $"{right}", $"{axis + 2}",
                $"{left[-axis - 2]}", $"{right[-axis - 2]}");
        var rows = left.Rank > 1 ? left.Axes.Skip(left.Rank - 2).Take(1) : [];
        var columns = right.Rank > 1 ? right.Axes.Skip(right.Rank - 1) : [];
        var shape = new Shape(batch!.Axes.Concat(rows).Concat(columns).ToEquatableArray());
        var hasChannels = call.Input.ChannelAxis == left.Rank - 1 || other.ChannelAxis == right.Rank - 1;
        return call.Result(shape, hasChannels && shape.Rank > 0 && right.Rank > 1 ? shape.Rank - 1 : null);
    }

    /// <summary><c>x Aᵀ + b</c> with <c>A: [out, in]</c>.</summary>
    public static FlowValue Linear(TensorCall call)
    {
        if (call.Shape is not { Rank: > 0 } shape || call["weights"] is not TensorValue { Shape: { Rank: 2 } weight })
            return call.UnknownTensor();
        if (call.Facts.Differ(shape[-1], weight[1]))
            return Fail(call, shape, weight, 1);
        return call.Result(shape.With(-1, weight[0]), shape.Rank - 1);
    }

    /// <summary>softmax(Q Kᵀ) V: the positions of the queries, the channels of the values.</summary>
    public static FlowValue Attention(TensorCall call)
    {
        if (call.Shape is not { Rank: >= 2 } query || call["value"] is not TensorValue { Shape: { Rank: >= 2 } value })
            return call.UnknownTensor();
        var keys = (call["key"] as TensorValue)?.Shape is { Rank: >= 2 } key ? Batch(key) : null;
        var batch = Broadcasting.Of(Broadcasting.Of(Batch(query), keys, call.Facts, out _), Batch(value), call.Facts, out _);
        if (batch is null)
            return call.UnknownTensor();
        var axes = batch.Axes.Append(Axis.Of(query[-2])).Append(Axis.Of(value[-1]));
        return call.Result(new(axes.ToEquatableArray()), batch.Rank + 1);
    }

    public static FlowValue Outer(TensorCall call) =>
        call.Shape is { Rank: 1 } left && call["vec2"] is TensorValue { Shape: { Rank: 1 } right }
            ? call.Result(Shape.Of(left[0], right[0]), null)
            : call.UnknownTensor();

    /// <summary>Letters name axes; an ellipsis leaves the rank open.</summary>
    public static FlowValue Einsum(TensorCall call)
    {
        if (call["equation"] is not TextValue { Value: var text } || call["tensors"] is not ListValue { Items: var tensors })
            return call.UnknownTensor();
        var sides = text.Replace(" ", "").Split(["->"], StringSplitOptions.None);
        var inputs = sides[0].Split(',');
        var isPlain = text.All(letter => char.IsLetter(letter) || letter is ',' or ' ' or '-' or '>');
        if (!isPlain || sides.Length != 2 || inputs.Length != tensors.Count)
            return call.UnknownTensor();
        var sizes = new Dictionary<char, Size?>();
        for (var operand = 0; operand < inputs.Length; operand++)
        {
            var shape = (tensors[operand] as TensorValue)?.Shape;
            for (var axis = 0; axis < inputs[operand].Length; axis++)
            {
                var size = shape?.Rank == inputs[operand].Length ? shape[axis] : null;
                var letter = inputs[operand][axis];
                // An axis of 1 is broadcast.
                var isOpen = !sizes.TryGetValue(letter, out var known) || known is null || known.Value == 1;
                sizes[letter] = isOpen ? size ?? known : known;
            }
        }
        return sides[1].All(sizes.ContainsKey)
            ? call.Result(Shape.Of([.. sides[1].Select(letter => sizes[letter])]), null)
            : call.UnknownTensor();
    }

    private static TensorValue Fail(TensorCall call, Shape left, Shape right, int inner) => call.Fail(
        Rules.CannotMultiply, call.Name, $"{left}", $"{right}", $"{left.Rank - 1}", $"{left[-1]}", $"{inner}", $"{right[inner]}");

    private static Shape Batch(Shape shape) => new(shape.Axes.Take(Math.Max(0, shape.Rank - 2)).ToEquatableArray());
}
