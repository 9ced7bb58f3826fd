using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>
/// The ends of loops over vectors: a last vector overlaps the one before, so that nothing is read past the end.
/// </summary>
internal static class Lanes
{
    /// <summary>
    /// How a method with a loop over vectors is compiled: at once, and by itself. Inlined, as a profile of the first runs
    /// suggests, loops with the arithmetic between them have been seen to take up to twice as long.
    /// </summary>
    public const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    /// <summary>Floats in a vector.</summary>
    public static int Count => Vector<float>.Count;

    /// <summary>
    /// Keeps the last <paramref name="count"/> floats of a vector, those not seen before, and zeroes the others.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Last(Vector<float> value, int count)
    {
        var kept = Vector.GreaterThanOrEqual(Vector<int>.Indices, new Vector<int>(Count - count));
        return Vector.BitwiseAnd(value, kept.As<int, float>());
    }
}
