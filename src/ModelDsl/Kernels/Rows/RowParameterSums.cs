using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>
/// Memory for sums over rows of the gradients of weight and, if there is one, bias, one after the other: one sum for each slice
/// of rows, and behind them, where slices hold several examples, one more for each, for the example that is worked on.
/// </summary>
/// <param name="memory">The memory.</param>
/// <param name="length">The values of weight and bias together, at least <see cref="Lanes.Count"/>.</param>
internal readonly unsafe struct RowParameterSums(float* memory, int length)
{
    /// <summary>The values of a sum.</summary>
    public int Length => length;

    /// <summary>A sum.</summary>
    public float* Of(int index) => memory + (long)index * length;

    /// <summary>Sets a sum to zero and gives it.</summary>
    public float* Cleared(int index)
    {
        new Span<float>(Of(index), length).Clear();
        return Of(index);
    }

    /// <summary>Adds one sum to another.</summary>
    [MethodImpl(Lanes.Loop)]
    public void Add(int index, int to)
    {
        float* source = Of(index), target = Of(to);
        var i = 0;
        for (; i <= length - Lanes.Count; i += Lanes.Count)
            (Load(target + i) + Load(source + i)).Store(target + i);
        if (i == length)
            return;
        var left = length - i;
        i = length - Lanes.Count;
        (Load(target + i) + Lanes.Last(Load(source + i), left)).Store(target + i);
    }
}
