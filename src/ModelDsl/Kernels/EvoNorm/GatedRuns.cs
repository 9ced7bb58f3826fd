using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>
/// Loops over runs of values gated by a sigmoid of themselves. A run is at least <see cref="Lanes.Count"/> long.
/// </summary>
internal static unsafe class GatedRuns
{
    /// <summary>y = x * sigmoid(v x) * scale + offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(float* x, float* y, int length, float v, float scale, float offset)
    {
        Vector<float> slopes = new(-v), scales = new(scale), offsets = new(offset);
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            var value = Load(x + i);
            var gated = value / (Vector<float>.One + Exponential.Of(value * slopes));
            FusedMultiplyAdd(gated, scales, offsets).Store(y + i);
            if (i == last)
                return;
        }
    }

    /// <summary>
    /// The sums, and, written, the gradient for x as far as it comes from the gated value: g * scale times its derivative.
    /// </summary>
    public static GatedSums Gradients(float* x, float* gradient, float* result, int length, float v, float scale)
    {
        var sums = default(GatedSums);
        for (int end; length > 0; x += end, gradient += end, result += end, length -= end)
        {
            end = ChannelRuns.BlockEnd(length);
            sums += BlockGradients(x, gradient, result, end, v, new(scale));
        }
        return sums;
    }

    /// <summary>Adds slope * (x - centre) + level to a result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddLinear(float* x, float* result, int length, float slope, float centre, float level)
    {
        Vector<float> slopes = new(slope), centres = new(centre), levels = new(level);
        // The last vector overlaps the one before, so it is computed before that is stored.
        var last = length - Lanes.Count;
        var end = FusedMultiplyAdd(Load(x + last) - centres, slopes, Load(result + last) + levels);
        for (var i = 0; i < last; i += Lanes.Count)
            FusedMultiplyAdd(Load(x + i) - centres, slopes, Load(result + i) + levels).Store(result + i);
        end.Store(result + last);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static GatedSums BlockGradients(float* x, float* gradient, float* result, int length, float v, Vector<float> scales)
    {
        Vector<float> slopes = new(v);
        Vector<float> sums = default, products = default, derivatives = default;
        for (var i = 0; i < length; i += Lanes.Count)
        {
            var at = Math.Min(i, length - Lanes.Count);
            var (value, g) = (Load(x + at), Load(gradient + at));
            // 1 - sigmoid as a product: the difference would lose the digits of small ones.
            var exponential = Exponential.Of(-value * slopes);
            var gate = Vector<float>.One / (Vector<float>.One + exponential);
            var gated = value * gate;
            var bent = gated * (exponential * gate);
            (g * scales * FusedMultiplyAdd(slopes, bent, gate)).Store(result + at);
            if (at < i)
                g = Lanes.Last(g, length - i);
            sums += g;
            products = FusedMultiplyAdd(g, gated, products);
            derivatives = FusedMultiplyAdd(g * value, bent, derivatives);
        }
        return new(Sum(sums), Sum(products), Sum(derivatives));
    }
}
