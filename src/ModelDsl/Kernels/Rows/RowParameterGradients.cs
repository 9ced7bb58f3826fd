using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>The gradients of weight and bias in a backward pass over rows, and the squared norms of each example's own.</summary>
internal sealed unsafe class RowParameterGradients
{
    private readonly SavedRowNorm _forward;
    private readonly int _examples;
    private readonly Tensor _memory;
    private readonly Tensor? _norms;

    /// <summary>Reserves the memory, in the dispose scope of the caller.</summary>
    /// <param name="forward">The forward pass.</param>
    /// <param name="takesNorms">Whether the norms are wanted; the first axis of the input is then the examples.</param>
    /// <param name="ofWeight">Whether the weight takes a gradient.</param>
    /// <param name="ofBias">Whether the bias does.</param>
    public RowParameterGradients(SavedRowNorm forward, bool takesNorms, bool ofWeight, bool ofBias)
    {
        _forward = forward;
        _examples = takesNorms ? (int)forward.Input.size(0) : 1;
        Slices = new(_examples, forward.Rows / _examples);
        _memory = KernelMemory.Floats(Slices.SumCount, forward.ParameterCount);
        Sums = new(Memory.Of(_memory), forward.ParameterCount);
        if (!takesNorms || !(ofWeight || ofBias))
            return;
        _norms = KernelMemory.Floats(_examples);
        SquaredNorms = new(
            Memory.Of(_norms),
            start: ofWeight ? 0 : forward.Width,
            length: ofWeight && ofBias ? forward.ParameterCount : forward.Width);
    }

    /// <summary>How the rows are shared out.</summary>
    public RowSlices Slices { get; }

    /// <summary>Where the backward pass sums.</summary>
    public RowParameterSums Sums { get; }

    /// <summary>Where it puts the norms; not wanted where no parameter takes a gradient.</summary>
    public RowSquaredNorms SquaredNorms { get; }

    /// <summary>After the backward pass, the squared norms <c>[N]</c>; null where they aren't wanted.</summary>
    public Tensor? TakeNorms()
    {
        if (_norms is not null && Slices.InExample > 1)
            OpenMPTeam.Run(new RowExampleSums { Slices = Slices, Sums = Sums, SquaredNorms = SquaredNorms }, _examples);
        return _norms;
    }

    /// <summary>The gradient of the weight, after <see cref="TakeNorms"/>.</summary>
    public Tensor OfWeight() => Total(_forward.Weight, 0);

    /// <summary>The gradient of the bias, after <see cref="TakeNorms"/>.</summary>
    public Tensor OfBias() => Total(_forward.Bias!, _forward.Width);

    private Tensor Total(Tensor parameter, int start)
    {
        var total = empty_like(parameter);
        // What was one example's is in its first slice.
        var step = _norms is null ? 1 : Slices.InExample;
        var work = new ColumnSums
        {
            Rows = Sums.Of(0) + start,
            Stride = (long)step * _forward.ParameterCount,
            Count = Slices.Count / step,
            Result = Memory.Of(total),
        };
        OpenMPTeam.Run(work, _forward.Width, ColumnSums.Chunk);
        return total;
    }
}
