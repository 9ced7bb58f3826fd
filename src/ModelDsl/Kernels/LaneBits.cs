using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// A bit for each lane of a vector, packed into 16: a thirty-second to an eighth of what the floats take. A run is followed by
/// its last, overlapping vector's bits.
/// </summary>
internal static class LaneBits
{
    private static readonly Vector<int> Bits = new([.. Enumerable.Range(0, Vector<int>.Count).Select(lane => 1 << lane)]);

    /// <summary>How many packs a run of floats takes.</summary>
    public static int Count(int length) => (length + Lanes.Count - 1) / Lanes.Count;

    /// <summary>The bits of lanes that are all ones or all zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Pack(Vector<int> lanes) => Vector<int>.Count switch
    {
        16 => (ushort)lanes.AsVector512().ExtractMostSignificantBits(),
        8 => (ushort)lanes.AsVector256().ExtractMostSignificantBits(),
        _ => (ushort)lanes.AsVector128().ExtractMostSignificantBits(),
    };

    /// <summary>The lanes whose bit is set; 0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Keep(Vector<float> value, ushort pack) =>
        Vector.AndNot(value, Vector.Equals(Vector.BitwiseAnd(new Vector<int>(pack), Bits), Vector<int>.Zero).As<int, float>());

    /// <summary>Writes 1 where a run's bit is set, else 0.</summary>
    private static unsafe void Unpack(ushort* packs, float* values, int length)
    {
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            Keep(Vector<float>.One, *packs++).Store(values + i);
            if (i == last)
                return;
        }
    }

    /// <summary>1 where a bit of any run is set, else 0.</summary>
    /// <param name="packs">The packs of all runs, one run's after the other's.</param>
    /// <param name="like">A contiguous tensor <c>[N, C, positions...]</c> of the runs.</param>
    public static unsafe Tensor Unpack(Tensor packs, Tensor like)
    {
        var unpacked = empty_like(like, requires_grad: false);
        var layout = ChannelLayout.Of(like);
        var values = Memory.Of(unpacked);
        var first = (ushort*)Memory.Of(packs);
        for (var run = 0L; run < unpacked.numel(); run += layout.Positions)
            Unpack(first + layout.Pack(run), values + run, layout.Positions);
        return unpacked;
    }
}
