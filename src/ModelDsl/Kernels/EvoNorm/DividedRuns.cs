using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>
/// Loops over runs of values divided by the larger of two sides. A run is at least <see cref="Lanes.Count"/> long. As with
/// libtorch's maximum, a tie gives half of the gradient to either side.
/// </summary>
internal static unsafe class DividedRuns
{
    /// <summary>y = x / divisor * weight + bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(float* x, float* y, int length, in Divisor divisor, float weight, float bias)
    {
        Vector<float> lefts = new(divisor.Left), slopes = new(divisor.Slope), roots = new(divisor.Root);
        Vector<float> weights = new(weight), biases = new(bias);
        var last = length - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            var value = Load(x + i);
            var larger = Max(lefts, FusedMultiplyAdd(value, slopes, roots));
            FusedMultiplyAdd(value / larger, weights, biases).Store(y + i);
            if (i == last)
                return;
        }
    }

    /// <summary>The sums, and, written, the gradient for x as far as it doesn't come from statistics.</summary>
    public static DividedSums Gradients(float* x, float* gradient, float* result, int length, in Divisor divisor, float weight)
    {
        var sums = default(DividedSums);
        for (int end; length > 0; x += end, gradient += end, result += end, length -= end)
        {
            end = ChannelRuns.BlockEnd(length);
            sums += BlockGradients(x, gradient, result, end, divisor, new(weight));
        }
        return sums;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DividedSums BlockGradients(
        float* x,
        float* gradient,
        float* result,
        int length,
        in Divisor divisor,
        Vector<float> weights)
    {
        Vector<float> lefts = new(divisor.Left), slopes = new(divisor.Slope), roots = new(divisor.Root);
        Vector<float> sums = default, products = default, slopeSums = default, rootSums = default, leftSums = default;
        for (var i = 0; i < length; i += Lanes.Count)
        {
            var at = Math.Min(i, length - Lanes.Count);
            var (value, g) = (Load(x + at), Load(gradient + at));
            var right = FusedMultiplyAdd(value, slopes, roots);
            var inverse = Vector<float>.One / Max(lefts, right);
            var normalized = value * inverse;
            var share = Share(lefts, right);
            var direct = weights * inverse;
            // The gradient for the divisor is that for the quotient times -x / divisor^2.
            var ofDivisor = -direct * normalized;
            (g * FusedMultiplyAdd(ofDivisor * share, slopes, direct)).Store(result + at);
            if (at < i)
                g = Lanes.Last(g, length - i);
            var whole = g * ofDivisor;
            var part = whole * share;
            sums += g;
            products = FusedMultiplyAdd(g, normalized, products);
            slopeSums = FusedMultiplyAdd(part, value, slopeSums);
            rootSums += part;
            leftSums += whole - part;
        }
        return new(Sum(sums), Sum(products), Sum(slopeSums), Sum(rootSums), Sum(leftSums));
    }

    /// <summary>The part of the divisor's gradient that belongs to the right side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Share(Vector<float> left, Vector<float> right)
    {
        var tied = ConditionalSelect(Vector.Equals(left, right).As<int, float>(), new Vector<float>(0.5f), Vector<float>.One);
        return AndNot(tied, LessThan(right, left).As<int, float>());
    }
}
