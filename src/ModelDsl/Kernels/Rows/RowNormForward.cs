using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>The forward pass of a normalization of rows; an item is a row.</summary>
/// <typeparam name="TNorm">How a row is normalized.</typeparam>
/// <typeparam name="TActivation">The activation at the end.</typeparam>
internal unsafe struct RowNormForward<TNorm, TActivation> : IParallelWork
    where TNorm : IRowNorm
    where TActivation : IFusedActivation
{
    public required int Width;
    public required float* Input;

    /// <summary>What is added before the activation, or null.</summary>
    public required float* Addend;

    public required float* Weight;

    /// <summary>Null if and only if the norm doesn't centre.</summary>
    public required float* Bias;

    public required double Epsilon;

    /// <summary>Written, one for each row.</summary>
    public required RowScaling* Scalings;

    public required float* Output;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Do(int first, int end)
    {
        var share = 1.0 / Width;
        for (var row = first; row < end; row++)
        {
            var start = (long)row * Width;
            Scalings[row] = RowStatistics.Measure<TNorm>(Input + start, Width, share, Epsilon);
            if (Addend is null)
                Write(Input + start, Output + start, Scalings[row]);
            else
                Write(Input + start, Addend + start, Output + start, Scalings[row]);
        }
    }

    [MethodImpl(Lanes.Loop)]
    private readonly void Write(float* x, float* y, in RowScaling scaling)
    {
        float* weight = Weight, bias = Bias;
        var lanes = new RowLanes(scaling);
        var last = Width - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            TActivation.Apply(lanes.Affine<TNorm>(Load(x + i), weight + i, bias + i)).Store(y + i);
            if (i == last)
                return;
        }
    }

    [MethodImpl(Lanes.Loop)]
    private readonly void Write(float* x, float* addend, float* y, in RowScaling scaling)
    {
        float* weight = Weight, bias = Bias;
        var lanes = new RowLanes(scaling);
        var last = Width - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            TActivation.Apply(lanes.Affine<TNorm>(Load(x + i), weight + i, bias + i) + Load(addend + i)).Store(y + i);
            if (i == last)
                return;
        }
    }
}
