using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>
/// Loops of the filter response normalization over one run, at least <see cref="Lanes.Count"/> long. As with libtorch's maximum,
/// a tie gives half of the gradient to either side.
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

    /// <summary>
    /// The sums of a run with an addend; the gradient for what the threshold cuts is told from the <paramref name="output"/> and
    /// stored. A tie counts as cut.
    /// </summary>
    public static ThresholdedSums StoredSums(float* x, float* output, float* gradient, float* stored, int length, float threshold)
    {
        var sums = default(ThresholdedSums);
        for (int end; length > 0; x += end, output += end, gradient += end, stored += end, length -= end)
        {
            end = ChannelRuns.BlockEnd(length);
            sums += BlockStoredSums(x, output, gradient, stored, end, new(threshold));
        }
        return sums;
    }

    /// <summary>The gradient for x: scale * g + slope * x, where g is what the threshold lets through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient(float* x, float* gradient, float* result, int length, in ThresholdedAffine affine, float slope)
    {
        Vector<float> scales = new(affine.Scale), offsets = new(affine.Offset), thresholds = new(affine.Threshold), slopes = new(slope);
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
    private static ThresholdedSums BlockStoredSums(
        float* x,
        float* output,
        float* gradient,
        float* stored,
        int length,
        Vector<float> thresholds)
    {
        Vector<float> sums = default, products = default, cut = default;
        for (var i = 0; i < length; i += Lanes.Count)
        {
            var at = Math.Min(i, length - Lanes.Count);
            var g = Load(gradient + at);
            var passed = AndNot(g, LessThanOrEqual(Load(output + at), thresholds).As<int, float>());
            passed.Store(stored + at);
            if (at < i)
                (g, passed) = (Lanes.Last(g, length - i), Lanes.Last(passed, length - i));
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
