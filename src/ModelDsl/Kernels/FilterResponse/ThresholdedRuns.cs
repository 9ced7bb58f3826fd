using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>
/// Loops of the filter response normalization over one run, at least <see cref="Lanes.Count"/> long. As with libtorch's maximum,
/// a tie with the threshold gives half of the gradient to either side.
/// </summary>
internal static unsafe class ThresholdedRuns
{
    /// <summary>y = max(x * scale + offset, threshold).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(float* x, float* y, int length, in ThresholdedAffine affine)
    {
        Vector<float> scales = new(affine.Scale), offsets = new(affine.Offset), thresholds = new(affine.Threshold);
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            Larger(FusedMultiplyAdd(Load(x + i), scales, offsets), thresholds).Store(y + i);
            if (i == last)
                return;
        }
    }

    /// <summary>y = max(x * scale + offset + addend, threshold).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(float* x, float* addend, float* y, int length, in ThresholdedAffine affine)
    {
        Vector<float> scales = new(affine.Scale), offsets = new(affine.Offset), thresholds = new(affine.Threshold);
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            Larger(FusedMultiplyAdd(Load(x + i), scales, offsets) + Load(addend + i), thresholds).Store(y + i);
            if (i == last)
                return;
        }
    }

    /// <summary>y = max(x * scale + offset + addend, threshold), and on which side of the threshold that was.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(float* x, float* addend, float* y, ThresholdBits bits, int length, in ThresholdedAffine affine)
    {
        Vector<float> scales = new(affine.Scale), offsets = new(affine.Offset), thresholds = new(affine.Threshold);
        var last = length - Lanes.Count;
        for (int i = 0, pack = 0; ; i = Math.Min(i + Lanes.Count, last), pack++)
        {
            var value = FusedMultiplyAdd(Load(x + i), scales, offsets) + Load(addend + i);
            Larger(value, thresholds).Store(y + i);
            bits.Write(pack, value, thresholds);
            if (i == last)
                return;
        }
    }

    /// <summary>The sums of a run without an addend, whose output is computed again.</summary>
    public static ThresholdedSums Sums(float* x, float* gradient, int length, in ThresholdedAffine affine)
    {
        var sums = default(ThresholdedSums);
        for (int end; length > 0; x += end, gradient += end, length -= end)
        {
            end = ChannelRuns.BlockEnd(length);
            sums += BlockSums(x, gradient, end, affine);
        }
        return sums;
    }

    /// <summary>The sums of a run with an addend, whose side of the threshold the <paramref name="bits"/> tell.</summary>
    public static ThresholdedSums Sums(float* x, float* gradient, ThresholdBits bits, int length)
    {
        var sums = default(ThresholdedSums);
        for (int end; length > 0; x += end, gradient += end, bits = bits.From(LaneBits.Count(end)), length -= end)
        {
            end = ChannelRuns.BlockEnd(length);
            sums += BlockSums(x, gradient, bits, end);
        }
        return sums;
    }

    /// <summary>The gradient for x: scale * g + slope * x, where g is what the threshold lets through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient(
        float* x,
        float* gradient,
        float* result,
        int length,
        in ThresholdedAffine affine,
        float slope)
    {
        Vector<float> scales = new(affine.Scale), offsets = new(affine.Offset);
        Vector<float> thresholds = new(affine.Threshold), slopes = new(slope);
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            var value = Load(x + i);
            var g = Passed(FusedMultiplyAdd(value, scales, offsets), thresholds, Load(gradient + i));
            FusedMultiplyAdd(g, scales, value * slopes).Store(result + i);
            if (i == last)
                return;
        }
    }

    /// <summary>The gradient for x, scale * g + slope * x, where g is what the threshold lets through; and g itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient(
        float* x,
        float* gradient,
        ThresholdBits bits,
        float* result,
        float* passed,
        int length,
        float scale,
        float slope)
    {
        Vector<float> scales = new(scale), slopes = new(slope);
        var last = length - Lanes.Count;
        for (int i = 0, pack = 0; ; i = Math.Min(i + Lanes.Count, last), pack++)
        {
            var g = bits.Passed(Load(gradient + i), pack);
            g.Store(passed + i);
            FusedMultiplyAdd(g, scales, Load(x + i) * slopes).Store(result + i);
            if (i == last)
                return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ThresholdedSums BlockSums(float* x, float* gradient, int length, in ThresholdedAffine affine)
    {
        Vector<float> scales = new(affine.Scale), offsets = new(affine.Offset), thresholds = new(affine.Threshold);
        Vector<float> sums = default, products = default, cut = default;
        for (var i = 0; i < length; i += Lanes.Count)
        {
            var at = Math.Min(i, length - Lanes.Count);
            var (value, g) = (Load(x + at), Load(gradient + at));
            if (at < i)
                g = Lanes.Last(g, length - i);
            var passed = Passed(FusedMultiplyAdd(value, scales, offsets), thresholds, g);
            sums += passed;
            products = FusedMultiplyAdd(passed, value, products);
            cut += g - passed;
        }
        return new(Sum(sums), Sum(products), Sum(cut));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ThresholdedSums BlockSums(float* x, float* gradient, ThresholdBits bits, int length)
    {
        Vector<float> sums = default, products = default, cut = default;
        for (int i = 0, pack = 0; i < length; i += Lanes.Count, pack++)
        {
            var at = Math.Min(i, length - Lanes.Count);
            var g = Load(gradient + at);
            if (at < i)
                g = Lanes.Last(g, length - i);
            var passed = bits.Passed(g, pack);
            sums += passed;
            products = FusedMultiplyAdd(passed, Load(x + at), products);
            cut += g - passed;
        }
        return new(Sum(sums), Sum(products), Sum(cut));
    }

    /// <summary>The larger; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Larger(Vector<float> value, Vector<float> threshold) =>
        ConditionalSelect(LessThan(value, threshold).As<int, float>(), threshold, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Passed(Vector<float> value, Vector<float> threshold, Vector<float> gradient)
    {
        var shared = ConditionalSelect(Vector.Equals(value, threshold).As<int, float>(), gradient * 0.5f, gradient);
        return AndNot(shared, LessThan(value, threshold).As<int, float>());
    }
}
