using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Numerics.Vector;

namespace ModelDsl.Kernels;

/// <summary>
/// The backward pass of a normalization of rows; an item is a slice of <see cref="RowSlices"/>. Of each row the first sweep
/// takes the sums, the second, over values that are still in the cache, writes the input's gradient.
/// </summary>
/// <typeparam name="TNorm">How a row is normalized.</typeparam>
/// <typeparam name="TActivation">The activation at the end.</typeparam>
internal unsafe struct RowNormBackward<TNorm, TActivation> : IParallelWork
    where TNorm : IRowNorm
    where TActivation : IFusedActivation
{
    public required RowSlices Slices;
    public required int Width;
    public required float* Input;

    /// <summary>What was added before the activation, or null.</summary>
    public required float* Addend;

    /// <summary>The gradient of the output.</summary>
    public required float* Gradient;

    public required float* Weight;

    /// <summary>Null if and only if the norm doesn't centre.</summary>
    public required float* Bias;

    /// <summary>What normalized the rows.</summary>
    public required RowScaling* Scalings;

    /// <summary>
    /// Written: the gradient of the activation's input, which is also the addend's. May be the memory of
    /// <see cref="InputGradient"/>, which then replaces it. Null where there is no activation.
    /// </summary>
    public required float* ActivationGradient;

    /// <summary>Written: the input's gradient; null if not wanted.</summary>
    public required float* InputGradient;

    /// <summary>Written: the gradients of weight and bias, a sum for each slice.</summary>
    public required RowParameterSums Sums;

    /// <summary>Written where slices are whole examples.</summary>
    public required RowSquaredNorms SquaredNorms;

    /// <summary>The gradient of the activation's input, which of an identity is that of the output.</summary>
    private readonly float* BeforeActivation => TActivation.IsIdentity ? Gradient : ActivationGradient;

    public readonly void Do(int first, int end)
    {
        for (var slice = first; slice < end; slice++)
        {
            var sums = Sums.Cleared(slice);
            if (SquaredNorms.AreWanted && Slices.InExample == 1)
                AddExamples(slice, sums);
            else
                AddRows(Slices.Row(slice), Slices.Row(slice + 1), sums);
        }
    }

    private readonly void AddExamples(int slice, float* sums)
    {
        var (first, end) = (Slices.Example(slice), Slices.Example(slice + 1));
        if (first + 1 == end)
        {
            AddExample(first, sums);
            return;
        }
        for (var example = first; example < end; example++)
        {
            AddExample(example, Sums.Cleared(Slices.Count + slice));
            Sums.Add(Slices.Count + slice, slice);
        }
    }

    private readonly void AddExample(int example, float* sums)
    {
        AddRows(Slices.RowOfExample(example), Slices.RowOfExample(example + 1), sums);
        SquaredNorms.Take(example, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddRows(int first, int end, float* sums)
    {
        // One at a time: several side by side, or behind one another before any is written, took up to 1.7 times as long where
        // the rows come from memory.
        for (var row = first; row < end; row++)
        {
            if (!TActivation.IsIdentity)
                WriteActivationGradient(row);
            var start = (long)row * Width;
            var gradient = BeforeActivation + start;
            var rowSums = RowGradientSums.Add<TNorm>(Input + start, gradient, Width, Weight, Scalings[row], sums);
            if (InputGradient is not null)
                WriteInputGradient(row, rowSums);
        }
    }

    [MethodImpl(Lanes.Loop)]
    private readonly void WriteActivationGradient(int row)
    {
        var start = (long)row * Width;
        float* x = Input + start, gradient = Gradient + start, result = ActivationGradient + start;
        var addend = Addend is null ? null : Addend + start;
        float* weight = Weight, bias = Bias;
        var lanes = new RowLanes(Scalings[row]);
        var last = Width - Lanes.Count;
        for (var i = 0; ; i = Math.Min(i + Lanes.Count, last))
        {
            var value = lanes.Affine<TNorm>(Load(x + i), weight + i, bias + i);
            if (addend is not null)
                value += Load(addend + i);
            TActivation.Differentiate(value, Load(gradient + i)).Store(result + i);
            if (i == last)
                return;
        }
    }

    /// <summary>
    /// scale * (g * weight - mean(g * weight) - h * mean(g * weight * h)), with h the normalized values; RMSNorm has no mean to
    /// take off.
    /// </summary>
    [MethodImpl(Lanes.Loop)]
    private readonly void WriteInputGradient(int row, in RowSums sums)
    {
        var start = (long)row * Width;
        float* x = Input + start, gradient = BeforeActivation + start, result = InputGradient + start, weight = Weight;
        var (lanes, scale) = (new RowLanes(Scalings[row]), Scalings[row].Scale);
        var scales = new Vector<float>(scale);
        var level = new Vector<float>(-scale * sums.Gradient / Width);
        var slope = new Vector<float>(-scale * sums.Product / Width);
        var last = Width - Lanes.Count;
        // First, since the gradient may lie where the result is written.
        var tail = Load(gradient + last) * scales;
        for (var i = 0; i < last; i += Lanes.Count)
        {
            var rest = FusedMultiplyAdd(lanes.Normalize<TNorm>(Load(x + i)), slope, level);
            FusedMultiplyAdd(Load(gradient + i) * scales, Load(weight + i), rest).Store(result + i);
        }
        var tailRest = FusedMultiplyAdd(lanes.Normalize<TNorm>(Load(x + last)), slope, level);
        FusedMultiplyAdd(tail, Load(weight + last), tailRest).Store(result + last);
    }
}
