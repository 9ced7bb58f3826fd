using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>Adds up rows in their order; an item is a column.</summary>
internal unsafe struct ColumnSums : IParallelWork
{
    /// <summary>Columns worth a thread's while.</summary>
    public const int Chunk = 1024;

    public required float* Rows;

    /// <summary>From a row to the next.</summary>
    public required long Stride;

    public required int Count;

    /// <summary>Written: a sum for each column.</summary>
    public required float* Result;

    [MethodImpl(Lanes.Loop)]
    public readonly void Do(int first, int end)
    {
        var (i, last) = (first, end - Lanes.Count);
        for (; i <= last; i += Lanes.Count)
        {
            var sum = Load(Rows + i);
            for (var row = 1; row < Count; row++)
                sum += Load(Rows + row * Stride + i);
            sum.Store(Result + i);
        }
        for (; i < end; i++)
        {
            var sum = Rows[i];
            for (var row = 1; row < Count; row++)
                sum += Rows[row * Stride + i];
            Result[i] = sum;
        }
    }
}
