using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>
/// The first sweep of the backward pass: adds what rows contribute to the gradients of the parameters, and sums what the
/// gradient of their input needs. Four rows at once, so that the sums over rows are read and written once for all four.
/// </summary>
internal static unsafe class RowGradientSums
{
    /// <summary>The rows of a group.</summary>
    public const int Group = 4;

    /// <summary>Four rows.</summary>
    /// <param name="x">The input.</param>
    /// <param name="gradient">The gradient of the normalized values with weight and bias.</param>
    /// <param name="width">The length of a row.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="scalings">What normalized the rows.</param>
    /// <param name="sums">The gradients of weight and, where the norm centres, bias, one after the other: added to.</param>
    /// <param name="results">Written: one for each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddFour<TNorm>(
        float* x, float* gradient, int width, float* weight, RowScaling* scalings, float* sums, RowSums* results)
        where TNorm : IRowNorm
    {
        var (r0, r1) = (new RowLanes(scalings[0]), new RowLanes(scalings[1]));
        var (r2, r3) = (new RowLanes(scalings[2]), new RowLanes(scalings[3]));
        var (s0, s1, s2, s3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var (u0, u1, u2, u3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        float* x1 = x + width, x2 = x1 + width, x3 = x2 + width;
        float* y1 = gradient + width, y2 = y1 + width, y3 = y2 + width;
        var biasSums = sums + width;
        for (var i = 0; i <= width - Lanes.Count; i += Lanes.Count)
        {
            var (g0, g1, g2, g3) = (Load(gradient + i), Load(y1 + i), Load(y2 + i), Load(y3 + i));
            var (h0, h1) = (r0.Normalize<TNorm>(Load(x + i)), r1.Normalize<TNorm>(Load(x1 + i)));
            var (h2, h3) = (r2.Normalize<TNorm>(Load(x2 + i)), r3.Normalize<TNorm>(Load(x3 + i)));
            var products = FusedMultiplyAdd(g0, h0, g1 * h1) + FusedMultiplyAdd(g2, h2, g3 * h3);
            (Load(sums + i) + products).Store(sums + i);
            if (TNorm.Centres)
                (Load(biasSums + i) + (g0 + g1 + (g2 + g3))).Store(biasSums + i);
            var w = Load(weight + i);
            (g0, g1, g2, g3) = (g0 * w, g1 * w, g2 * w, g3 * w);
            if (TNorm.Centres)
                (s0, s1, s2, s3) = (s0 + g0, s1 + g1, s2 + g2, s3 + g3);
            u0 = FusedMultiplyAdd(g0, h0, u0);
            u1 = FusedMultiplyAdd(g1, h1, u1);
            u2 = FusedMultiplyAdd(g2, h2, u2);
            u3 = FusedMultiplyAdd(g3, h3, u3);
        }
        results[0] = AddTail<TNorm>(x, gradient, width, weight, r0, sums, new(Sum(s0), Sum(u0)));
        results[1] = AddTail<TNorm>(x1, y1, width, weight, r1, sums, new(Sum(s1), Sum(u1)));
        results[2] = AddTail<TNorm>(x2, y2, width, weight, r2, sums, new(Sum(s2), Sum(u2)));
        results[3] = AddTail<TNorm>(x3, y3, width, weight, r3, sums, new(Sum(s3), Sum(u3)));
    }

    /// <summary>One row.</summary>
    /// <inheritdoc cref="AddFour"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static RowSums AddOne<TNorm>(float* x, float* gradient, int width, float* weight, in RowScaling scaling, float* sums)
        where TNorm : IRowNorm
    {
        var row = new RowLanes(scaling);
        var (s, u) = (Vector<float>.Zero, Vector<float>.Zero);
        var biasSums = sums + width;
        for (var i = 0; i <= width - Lanes.Count; i += Lanes.Count)
        {
            var g = Load(gradient + i);
            var h = row.Normalize<TNorm>(Load(x + i));
            FusedMultiplyAdd(g, h, Load(sums + i)).Store(sums + i);
            if (TNorm.Centres)
                (Load(biasSums + i) + g).Store(biasSums + i);
            g *= Load(weight + i);
            if (TNorm.Centres)
                s += g;
            u = FusedMultiplyAdd(g, h, u);
        }
        return AddTail<TNorm>(x, gradient, width, weight, row, sums, new(Sum(s), Sum(u)));
    }

    /// <summary>The elements behind the last whole vector, in a vector that overlaps it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RowSums AddTail<TNorm>(
        float* x, float* gradient, int width, float* weight, in RowLanes row, float* sums, RowSums before)
        where TNorm : IRowNorm
    {
        var left = width % Lanes.Count;
        if (left == 0)
            return before;
        var i = width - Lanes.Count;
        var g = Lanes.Last(Load(gradient + i), left);
        var h = row.Normalize<TNorm>(Load(x + i));
        FusedMultiplyAdd(g, h, Load(sums + i)).Store(sums + i);
        if (TNorm.Centres)
            (Load(sums + width + i) + g).Store(sums + width + i);
        g *= Load(weight + i);
        return new(TNorm.Centres ? before.Gradient + Sum(g) : 0, before.Product + Sum(g * h));
    }
}
