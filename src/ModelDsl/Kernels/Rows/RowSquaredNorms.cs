using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>The squared norms of the examples' gradients, of weight, bias or both.</summary>
/// <param name="memory">One value for each example; null: not wanted.</param>
/// <param name="start">Where in a sum of <see cref="RowParameterSums"/> the parameters begin that count.</param>
/// <param name="length">How many values they have, at least <see cref="Lanes.Count"/>.</param>
internal readonly unsafe struct RowSquaredNorms(float* memory, int start, int length)
{
    /// <summary>Whether the norms are wanted.</summary>
    public bool AreWanted => memory is not null;

    /// <summary>Takes the squared norm of an example's gradients.</summary>
    [MethodImpl(Lanes.Loop)]
    public void Take(int example, float* sums)
    {
        sums += start;
        var (s0, s1) = (Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= length - 2 * Lanes.Count; i += 2 * Lanes.Count)
        {
            s0 = FusedMultiplyAdd(Load(sums + i), Load(sums + i), s0);
            s1 = FusedMultiplyAdd(Load(sums + i + Lanes.Count), Load(sums + i + Lanes.Count), s1);
        }
        for (; i < length; i += Lanes.Count)
        {
            var left = Math.Min(length - i, Lanes.Count);
            var value = Lanes.Last(Load(sums + i + left - Lanes.Count), left);
            s0 = FusedMultiplyAdd(value, value, s0);
        }
        memory[example] = Sum(s0 + s1);
    }
}
