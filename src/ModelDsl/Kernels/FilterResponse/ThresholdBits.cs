using System.Numerics;
using System.Runtime.CompilerServices;
using TorchSharp;
using static System.Numerics.Vector;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// On which side of its threshold each value lies: a bit each for not below and for above, in <see cref="LaneBits"/>. As with
/// libtorch's maximum, a tie gives half of the gradient to either side.
/// </summary>
/// <param name="notBelow">The first bits; null: none are kept.</param>
/// <param name="above">The second bits; null: none are kept.</param>
internal readonly unsafe struct ThresholdBits(ushort* notBelow, ushort* above)
{
    /// <summary>Memory for a layout's bits, <c>[2, packs]</c>.</summary>
    public static Tensor Memory(ChannelLayout layout) => KernelMemory.Packs(2, layout.Packs);

    /// <summary>The bits in a tensor of <see cref="Memory"/>; null: none are kept.</summary>
    public static ThresholdBits Of(Tensor? memory)
    {
        var bits = (ushort*)Kernels.Memory.Of(memory);
        return bits is null ? default : new(bits, bits + memory!.size(1));
    }

    /// <summary>Whether there are any.</summary>
    public bool AreKept => notBelow is not null;

    /// <summary>The bits from a pack on.</summary>
    public ThresholdBits From(long pack) => new(notBelow + pack, above + pack);

    /// <summary>Writes a vector's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(int pack, Vector<float> value, Vector<float> threshold)
    {
        notBelow[pack] = LaneBits.Pack(~LessThan(value, threshold));
        above[pack] = LaneBits.Pack(~LessThanOrEqual(value, threshold));
    }

    /// <summary>What of a vector of gradients the values have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Passed(Vector<float> gradient, int pack)
    {
        var half = gradient * 0.5f;
        return LaneBits.Keep(half, notBelow[pack]) + LaneBits.Keep(half, above[pack]);
    }

    /// <summary>The share of the gradient that each value has: 1, 1/2 or 0.</summary>
    /// <param name="memory">The bits.</param>
    /// <param name="like">A contiguous tensor of the values' shape.</param>
    public static Tensor Shares(Tensor memory, Tensor like) =>
        LaneBits.Unpack(memory[0], like).add_(LaneBits.Unpack(memory[1], like)).mul_(0.5);
}
