using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>e^x in float32, right to 2e-7 of its value.</summary>
internal static class Exponential
{
    /// <summary>Beyond, the result would leave the range of normal numbers: arguments are brought to it.</summary>
    private const float Most = 87;

    /// <summary>The digits of ln 2 that a product with an integer keeps whole, and the others.</summary>
    private const float HighLn2 = 0.693359375f;
    private const float LowLn2 = -2.12194440e-4f;

    private const float Log2OfE = 1.44269504f;
    private const int ExponentBits = 23;
    private const int ExponentBias = 127;

    /// <summary>
    /// x = n ln 2 + r with |r| no more than ln 2 / 2, and e^r by its series: the first term left out is below 6e-9.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        x = Vector.Min(Vector.Max(x, new(-Most)), new(Most));
        var n = Vector.Round(x * Log2OfE);
        var r = Vector.FusedMultiplyAdd(n, new(-HighLn2), x);
        r = Vector.FusedMultiplyAdd(n, new(-LowLn2), r);
        var series = new Vector<float>(1f / 5040);
        series = Vector.FusedMultiplyAdd(series, r, new(1f / 720));
        series = Vector.FusedMultiplyAdd(series, r, new(1f / 120));
        series = Vector.FusedMultiplyAdd(series, r, new(1f / 24));
        series = Vector.FusedMultiplyAdd(series, r, new(1f / 6));
        series = Vector.FusedMultiplyAdd(series, r, new(0.5f));
        series = Vector.FusedMultiplyAdd(series, r, Vector<float>.One);
        series = Vector.FusedMultiplyAdd(series, r, Vector<float>.One);
        var power = (Vector.ConvertToInt32Native(n) + new Vector<int>(ExponentBias)) << ExponentBits;
        return series * power.As<int, float>();
    }
}
