using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Sizes that a file claims.</summary>
internal static class WeightShapes
{
    /// <summary>What <c>torch</c> allows.</summary>
    public const int MaximumRank = 64;

    /// <summary>As in <c>[64, 3, 7, 7]</c>.</summary>
    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>The bytes of a tensor; null where a size is negative or the product overflows, zeros left out.</summary>
    public static long? Bytes(IReadOnlyList<long> shape, ScalarType type)
    {
        Int128 product = WeightTypes.Size(type);
        foreach (var size in shape)
        {
            if (size < 0)
                return null;
            product *= Math.Max(size, 1);
            // libtorch multiplies the sizes that aren't zero too.
            if (product > long.MaxValue)
                return null;
        }
        return shape.Contains(0) ? 0 : (long)product;
    }

    /// <summary>The strides of a contiguous tensor.</summary>
    public static long[] Strides(IReadOnlyList<long> shape)
    {
        var strides = new long[shape.Count];
        var stride = 1L;
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(shape[axis], 1);
        }
        return strides;
    }
}
