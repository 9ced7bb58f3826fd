using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>
/// Loops over one run: the positions of one channel of one example, which lie together. A run is at least
/// <see cref="Lanes.Count"/> long. Reductions stop adding floats after <see cref="Block"/> positions and go on in doubles.
/// </summary>
internal static unsafe class ChannelRuns
{
    private const int Block = 2048;

    /// <summary>Sums of x - shift and of its square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Sum, double Squares) Sums(float* x, int length, float shift)
    {
        var (sum, squares) = (0.0, 0.0);
        for (int end; length > 0; x += end, length -= end)
        {
            end = BlockEnd(length);
            var (s, q) = BlockSums(x, end, new(shift));
            (sum, squares) = (sum + s, squares + q);
        }
        return (sum, squares);
    }

    /// <summary>y = activation(x * scale + offset).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine<TActivation>(float* x, float* y, int length, float scale, float offset)
        where TActivation : IFusedActivation
    {
        var (scales, offsets) = (new Vector<float>(scale), new Vector<float>(offset));
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            TActivation.Apply(FusedMultiplyAdd(Load(x + i), scales, offsets)).Store(y + i);
            if (i == last)
                return;
        }
    }

    /// <summary>y = activation(x * scale + offset + addend).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine<TActivation>(float* x, float* addend, float* y, int length, float scale, float offset)
        where TActivation : IFusedActivation
    {
        var (scales, offsets) = (new Vector<float>(scale), new Vector<float>(offset));
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            TActivation.Apply(FusedMultiplyAdd(Load(x + i), scales, offsets) + Load(addend + i)).Store(y + i);
            if (i == last)
                return;
        }
    }

    /// <summary>y = activation(x * scale + offset + addend), and where the activation lets gradients pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine<TActivation>(
        float* x,
        float* addend,
        float* y,
        ushort* passes,
        int length,
        float scale,
        float offset)
        where TActivation : IFusedActivation
    {
        var (scales, offsets) = (new Vector<float>(scale), new Vector<float>(offset));
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            var value = FusedMultiplyAdd(Load(x + i), scales, offsets) + Load(addend + i);
            TActivation.Apply(value).Store(y + i);
            *passes++ = LaneBits.Pack(TActivation.Passes(value));
            if (i == last)
                return;
        }
    }

    /// <summary>
    /// Sums of g and of g * (x - mean), where g is the gradient for the activation's input, x * scale + offset, computed again
    /// as the forward pass did.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Sum, double Products) GradientSums<TActivation>(
        float* x,
        float* gradient,
        int length,
        in ChannelAffine affine)
        where TActivation : IFusedActivation
    {
        var (sum, products) = (0.0, 0.0);
        for (int end; length > 0; x += end, gradient += end, length -= end)
        {
            end = BlockEnd(length);
            var (s, p) = BlockGradientSums<TActivation>(x, gradient, end, affine);
            (sum, products) = (sum + s, products + p);
        }
        return (sum, products);
    }

    /// <summary>Sums of g and of g * (x - mean), where g is the gradient where it <paramref name="passes"/>, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Sum, double Products) GradientSums(float* x, float* gradient, ushort* passes, int length, float mean)
    {
        var (sum, products) = (0.0, 0.0);
        for (int end; length > 0; x += end, gradient += end, passes += LaneBits.Count(end), length -= end)
        {
            end = BlockEnd(length);
            var (s, p) = BlockGradientSums(x, gradient, passes, end, new(mean));
            (sum, products) = (sum + s, products + p);
        }
        return (sum, products);
    }

    /// <summary>The gradient for x: scale * g + slope * (x - mean) + level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient<TActivation>(
        float* x,
        float* gradient,
        float* result,
        int length,
        in ChannelAffine affine,
        float slope,
        float level)
        where TActivation : IFusedActivation
    {
        var (scales, offsets, means) = affine.Vectors;
        var (slopes, levels) = (new Vector<float>(slope), new Vector<float>(level));
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            var value = Load(x + i);
            var g = TActivation.Differentiate(FusedMultiplyAdd(value, scales, offsets), Load(gradient + i));
            FusedMultiplyAdd(g, scales, FusedMultiplyAdd(value - means, slopes, levels)).Store(result + i);
            if (i == last)
                return;
        }
    }

    /// <summary>
    /// The gradient for x, scale * g + slope * (x - mean) + level, where g is the gradient where it <paramref name="passes"/>,
    /// else 0; and g itself.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient(
        float* x,
        float* gradient,
        ushort* passes,
        float* result,
        float* passed,
        int length,
        in ChannelAffine affine,
        float slope,
        float level)
    {
        var (scales, _, means) = affine.Vectors;
        var (slopes, levels) = (new Vector<float>(slope), new Vector<float>(level));
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            var g = LaneBits.Keep(Load(gradient + i), *passes++);
            g.Store(passed + i);
            FusedMultiplyAdd(g, scales, FusedMultiplyAdd(Load(x + i) - means, slopes, levels)).Store(result + i);
            if (i == last)
                return;
        }
    }

    /// <summary>Where the next block of a run ends, within which floats are added.</summary>
    public static int BlockEnd(int length) => length >= 2 * Block ? Block : length;

    private static (float Sum, float Squares) BlockSums(float* x, int length, Vector<float> shift)
    {
        var (s0, s1, q0, q1) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= length - 2 * Lanes.Count; i += 2 * Lanes.Count)
        {
            var d0 = Load(x + i) - shift;
            var d1 = Load(x + i + Lanes.Count) - shift;
            s0 += d0;
            s1 += d1;
            q0 = FusedMultiplyAdd(d0, d0, q0);
            q1 = FusedMultiplyAdd(d1, d1, q1);
        }
        for (; i < length; i += Lanes.Count)
        {
            var left = Math.Min(length - i, Lanes.Count);
            var d = Lanes.Last(Load(x + i + left - Lanes.Count) - shift, left);
            s0 += d;
            q0 = FusedMultiplyAdd(d, d, q0);
        }
        return (Sum(s0 + s1), Sum(q0 + q1));
    }

    private static (float Sum, float Products) BlockGradientSums<TActivation>(
        float* x,
        float* gradient,
        int length,
        in ChannelAffine affine)
        where TActivation : IFusedActivation
    {
        var (scales, offsets, means) = affine.Vectors;
        var (s0, s1, p0, p1) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= length - 2 * Lanes.Count; i += 2 * Lanes.Count)
        {
            var (x0, x1) = (Load(x + i), Load(x + i + Lanes.Count));
            var g0 = TActivation.Differentiate(FusedMultiplyAdd(x0, scales, offsets), Load(gradient + i));
            var g1 = TActivation.Differentiate(FusedMultiplyAdd(x1, scales, offsets), Load(gradient + i + Lanes.Count));
            s0 += g0;
            s1 += g1;
            p0 = FusedMultiplyAdd(g0, x0 - means, p0);
            p1 = FusedMultiplyAdd(g1, x1 - means, p1);
        }
        for (; i < length; i += Lanes.Count)
        {
            var left = Math.Min(length - i, Lanes.Count);
            var at = i + left - Lanes.Count;
            var value = Load(x + at);
            var g = TActivation.Differentiate(FusedMultiplyAdd(value, scales, offsets), Load(gradient + at));
            g = Lanes.Last(g, left);
            s0 += g;
            p0 = FusedMultiplyAdd(g, value - means, p0);
        }
        return (Sum(s0 + s1), Sum(p0 + p1));
    }

    private static (float Sum, float Products) BlockGradientSums(
        float* x,
        float* gradient,
        ushort* passes,
        int length,
        Vector<float> means)
    {
        var (s0, s1, p0, p1) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= length - 2 * Lanes.Count; i += 2 * Lanes.Count, passes += 2)
        {
            var g0 = LaneBits.Keep(Load(gradient + i), passes[0]);
            var g1 = LaneBits.Keep(Load(gradient + i + Lanes.Count), passes[1]);
            s0 += g0;
            s1 += g1;
            p0 = FusedMultiplyAdd(g0, Load(x + i) - means, p0);
            p1 = FusedMultiplyAdd(g1, Load(x + i + Lanes.Count) - means, p1);
        }
        for (; i < length; i += Lanes.Count)
        {
            var left = Math.Min(length - i, Lanes.Count);
            var at = i + left - Lanes.Count;
            var g = Lanes.Last(LaneBits.Keep(Load(gradient + at), *passes++), left);
            s0 += g;
            p0 = FusedMultiplyAdd(g, Load(x + at) - means, p0);
        }
        return (Sum(s0 + s1), Sum(p0 + p1));
    }
}
