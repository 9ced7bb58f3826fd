using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// Gated linear units (Shazeer 2020, arXiv 2002.05202): an axis is halved into a and b, as in <c>nn.GLU</c>, and a is
/// multiplied by an activation of b.
/// </summary>
public static class GatedUnits
{
    /// <summary>a * gelu(b): <c>[..., 2 C, ...]</c> to <c>[..., C, ...]</c>.</summary>
    /// <exception cref="ArgumentException">The axis has an odd size.</exception>
    public static Tensor GEGLU(Tensor input, int axis) => Gated(input, axis, static gate => F.gelu(gate));

    /// <summary>a * silu(b): <c>[..., 2 C, ...]</c> to <c>[..., C, ...]</c>.</summary>
    /// <exception cref="ArgumentException">The axis has an odd size.</exception>
    public static Tensor SwiGLU(Tensor input, int axis) => Gated(input, axis, static gate => gate.silu());

    /// <summary>a * relu(b): <c>[..., 2 C, ...]</c> to <c>[..., C, ...]</c>.</summary>
    /// <exception cref="ArgumentException">The axis has an odd size.</exception>
    public static Tensor ReGLU(Tensor input, int axis) => Gated(input, axis, static gate => gate.relu());

    private static Tensor Gated(Tensor input, int axis, Func<Tensor, Tensor> activate)
    {
        ArgumentNullException.ThrowIfNull(input);
        var size = input.size(axis);
        if (size % 2 != 0)
            throw new ArgumentException($"A gated unit halves axis {axis}, but its size is {size}; it must be even.");
        using var values = input.narrow(axis, 0, size / 2);
        using var gate = input.narrow(axis, size / 2, size / 2);
        using var factor = activate(gate);
        return values.mul(factor);
    }
}
