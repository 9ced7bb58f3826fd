using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>The statistics of a row of at least <see cref="Lanes.Count"/> elements, by sweeps over what lies in the cache.</summary>
internal static unsafe class RowStatistics
{
    /// <summary>Measures a row.</summary>
    [MethodImpl(Lanes.Loop)]
    public static RowScaling Measure<TNorm>(float* x, int width, double epsilon)
        where TNorm : IRowNorm
    {
        if (!TNorm.Centres)
            return new(0, (float)(1 / Math.Sqrt(SumsAbout(x, width, 0).Squares / width + epsilon)), 0);
        var centre = (float)(Sum(x, width) / width);
        // Differences to a value near the mean are exact, however large the mean is.
        var (sum, squares) = SumsAbout(x, width, centre);
        var rest = sum / width;
        var variance = Math.Max(squares / width - rest * rest, 0);
        var scale = 1 / Math.Sqrt(variance + epsilon);
        return new(centre, (float)scale, (float)(-rest * scale));
    }

    [MethodImpl(Lanes.Loop)]
    private static double Sum(float* x, int width)
    {
        var (s0, s1, s2, s3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= width - 4 * Lanes.Count; i += 4 * Lanes.Count)
        {
            s0 += Load(x + i);
            s1 += Load(x + i + Lanes.Count);
            s2 += Load(x + i + 2 * Lanes.Count);
            s3 += Load(x + i + 3 * Lanes.Count);
        }
        for (; i < width; i += Lanes.Count)
        {
            var left = Math.Min(width - i, Lanes.Count);
            s0 += Lanes.Last(Load(x + i + left - Lanes.Count), left);
        }
        return Vector.Sum(s0 + s1 + (s2 + s3));
    }

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
        return (Vector.Sum(s0 + s1 + (s2 + s3)), Vector.Sum(q0 + q1 + (q2 + q3)));
    }
}
