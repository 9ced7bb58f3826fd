using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>The statistics of a row of at least <see cref="Lanes.Count"/> elements.</summary>
internal static unsafe class RowStatistics
{
    /// <summary>Measures a row.</summary>
    /// <param name="x">The row.</param>
    /// <param name="width">Its length.</param>
    /// <param name="share">1 / width.</param>
    /// <param name="epsilon">What is added to the variance or the mean square.</param>
    [MethodImpl(Lanes.Loop)]
    public static RowScaling Measure<TNorm>(float* x, int width, double share, double epsilon)
        where TNorm : IRowNorm
    {
        // Differences to a value near the mean are exact, however large the mean is: the first elements tell one.
        var centre = TNorm.Centres ? Sum(Load(x)) / Lanes.Count : 0;
        var (sum, squares) = SumsAbout(x, width, centre);
        if (!TNorm.Centres)
            return new(0, InverseRoot(squares * share + epsilon), 0);
        var (rest, variance) = (sum * share, squares * share - sum * share * sum * share);
        if (rest * rest > variance)
        {
            // They were not typical of the row, and the difference has lost digits.
            centre += (float)rest;
            (sum, squares) = SumsAbout(x, width, centre);
            rest = sum * share;
            variance = Math.Max(squares * share - rest * rest, 0);
        }
        var scale = InverseRoot(variance + epsilon);
        return new(centre, scale, (float)-rest * scale);
    }

    private static float InverseRoot(double value) => 1 / MathF.Sqrt((float)value);

    [MethodImpl(Lanes.Loop)]
    private static (double Sum, double Squares) SumsAbout(float* x, int width, float centre)
    {
        var shift = new Vector<float>(centre);
        var (s0, s1, s2, s3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var (q0, q1, q2, q3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= width - 4 * Lanes.Count; i += 4 * Lanes.Count)
        {
            var (d0, d1) = (Load(x + i) - shift, Load(x + i + Lanes.Count) - shift);
            var (d2, d3) = (Load(x + i + 2 * Lanes.Count) - shift, Load(x + i + 3 * Lanes.Count) - shift);
            (s0, q0) = (s0 + d0, FusedMultiplyAdd(d0, d0, q0));
            (s1, q1) = (s1 + d1, FusedMultiplyAdd(d1, d1, q1));
            (s2, q2) = (s2 + d2, FusedMultiplyAdd(d2, d2, q2));
            (s3, q3) = (s3 + d3, FusedMultiplyAdd(d3, d3, q3));
        }
        for (; i < width; i += Lanes.Count)
        {
            var left = Math.Min(width - i, Lanes.Count);
            var d = Lanes.Last(Load(x + i + left - Lanes.Count) - shift, left);
            (s0, q0) = (s0 + d, FusedMultiplyAdd(d, d, q0));
        }
        return (Sum(s0 + s1 + (s2 + s3)), Sum(q0 + q1 + (q2 + q3)));
    }
}
