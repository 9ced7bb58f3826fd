using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>Computing with affine parameters that are written out once for every example of a batch.</summary>
internal static class PerExample
{
    /// <summary>A parameter with an axis of examples before it, to multiply with a batch or add to it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="like">The batch, N examples.</param>
    /// <param name="axis">
    /// Where the parameter's sizes begin in the batch, from 1 on: <c>[N, 1, C]</c>, <c>[N, C, 1, 1]</c>.
    /// </param>
    public static Tensor Of(Parameter parameter, Tensor like, int axis)
    {
        var shape = new long[like.ndim];
        Array.Fill(shape, 1);
        parameter.shape.CopyTo(shape, axis);
        using var single = parameter.view(shape);
        shape[0] = like.size(0);
        return single.expand(shape);
    }

    /// <summary>
    /// GroupNorm by the fused kernel on the batch seen as one example with N * C channels in N * G groups: statistics are the
    /// same, and the kernel's gradient of its N * C weights is the examples' own.
    /// </summary>
    /// <returns><c>[1, N * C, ...]</c>, contiguous.</returns>
    public static Tensor GroupNorm(Tensor input, long groups, Tensor weights, Tensor biases, double epsilon)
    {
        using var single = Single(input);
        return F.group_norm(single, input.size(0) * groups, weights, biases, epsilon);
    }

    /// <summary>What broadcasts to a batch, as it is added to the batch seen as one example.</summary>
    public static Tensor? Addend(Tensor? addend, Tensor input)
    {
        if (addend is null)
            return null;
        using var whole = addend.expand(input.shape);
        return Single(whole);
    }

    private static Tensor Single(Tensor batch)
    {
        var shape = batch.shape;
        return batch.reshape([1, shape[0] * shape[1], .. shape.AsSpan(2)]);
    }
}
