using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What composed normalizations of <c>[N, C, ...]</c> do with channels and positions.</summary>
internal static class PerChannel
{
    /// <summary>Values <c>[C]</c> as <c>[1, C, 1, ...]</c> in the type and rank of a tensor.</summary>
    public static Tensor View(Tensor values, Tensor like)
    {
        var shape = new long[like.ndim];
        Array.Fill(shape, 1);
        shape[1] = values.numel();
        using var view = values.view(shape);
        return view.to(like.dtype);
    }

    /// <summary>The axes of the positions: all behind the channels.</summary>
    public static long[] Positions(Tensor input) => [.. Axes(2, input)];

    /// <summary>The axes that a batch statistic of each channel is taken over: batch and positions.</summary>
    public static long[] BatchAndPositions(Tensor input) => [0, .. Axes(2, input)];

    /// <summary>normalized * scale + shift, in a given type.</summary>
    public static Tensor Affine(Tensor normalized, Tensor scale, Tensor shift, ScalarType type)
    {
        var output = normalized.mul(scale).add_(shift);
        if (output.dtype == type)
            return output;
        using (output)
            return output.to(type);
    }

    private static IEnumerable<long> Axes(int first, Tensor input) =>
        Enumerable.Range(first, (int)input.ndim - first).Select(axis => (long)axis);
}
