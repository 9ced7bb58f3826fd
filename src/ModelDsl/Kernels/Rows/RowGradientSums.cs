using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>
/// The first sweep of the backward pass: adds what a row contributes to the gradients of the parameters, and sums what the
/// gradient of its input needs.
/// </summary>
internal static unsafe class RowGradientSums
{
    /// <summary>Sums up a row of at least <see cref="Lanes.Count"/> elements.</summary>
    /// <param name="x">The input.</param>
    /// <param name="gradient">The gradient of the normalized values with weight and bias.</param>
    /// <param name="width">The length of the row.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="scaling">What normalized the row.</param>
    /// <param name="sums">The gradients of weight and, where the norm centres, bias, one after the other: added to.</param>
    [MethodImpl(Lanes.Loop)]
    public static RowSums Add<TNorm>(float* x, float* gradient, int width, float* weight, in RowScaling scaling, float* sums)
        where TNorm : IRowNorm
    {
        var row = new RowLanes(scaling);
        var (s0, s1, u0, u1) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= width - 2 * Lanes.Count; i += 2 * Lanes.Count)
        {
            var (g0, g1) = (Load(gradient + i), Load(gradient + i + Lanes.Count));
            var h0 = row.Normalize<TNorm>(Load(x + i));
            var h1 = row.Normalize<TNorm>(Load(x + i + Lanes.Count));
            AddTo<TNorm>(sums + i, width, g0, h0);
            AddTo<TNorm>(sums + i + Lanes.Count, width, g1, h1);
            g0 *= Load(weight + i);
            g1 *= Load(weight + i + Lanes.Count);
            if (TNorm.Centres)
                (s0, s1) = (s0 + g0, s1 + g1);
            (u0, u1) = (FusedMultiplyAdd(g0, h0, u0), FusedMultiplyAdd(g1, h1, u1));
        }
        for (; i < width; i += Lanes.Count)
        {
            var left = Math.Min(width - i, Lanes.Count);
            var at = i + left - Lanes.Count;
            var g = Lanes.Last(Load(gradient + at), left);
            var h = row.Normalize<TNorm>(Load(x + at));
            AddTo<TNorm>(sums + at, width, g, h);
            g *= Load(weight + at);
            if (TNorm.Centres)
                s0 += g;
            u0 = FusedMultiplyAdd(g, h, u0);
        }
        return new(Sum(s0 + s1), Sum(u0 + u1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<TNorm>(float* sums, int width, Vector<float> gradient, Vector<float> normalized)
        where TNorm : IRowNorm
    {
        FusedMultiplyAdd(gradient, normalized, Load(sums)).Store(sums);
        if (TNorm.Centres)
            (Load(sums + width) + gradient).Store(sums + width);
    }
}
