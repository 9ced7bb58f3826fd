using ModelDsl.Kernels;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// <see cref="LayerNormLayer"/> that records per-example squared gradient norms of its affine during the ordinary backward
/// pass.
/// Axis 0 is the examples.
/// </summary>
/// <remarks>
/// Recording costs nothing where the kernel runs: contiguous float32 on the CPU, 0.3 MB or more. Elsewhere libtorch's function,
/// which takes one weight for all rows, is followed by the affine. Norms that nobody takes don't pile up: the last 256 passes
/// are kept.
/// </remarks>
public sealed class TrackedLayerNorm : LayerNormLayer, ITrackedNormalization
{
    private readonly GradientNormRecorder _recorder;

    internal TrackedLayerNorm(
        string site, long[] shape, double epsilon, bool perPosition = false, Activation? activation = null)
        : base(nameof(TrackedLayerNorm), site, shape, epsilon, perPosition, activation) => _recorder = new(this);

    /// <inheritdoc/>
    public bool IsTracking
    {
        get => _recorder.IsTracking;
        set => _recorder.IsTracking = value;
    }

    /// <inheritdoc/>
    public Tensor? TakePerExampleSquaredGradientNorms() => _recorder.Take();

    private protected override Tensor ComputeLastAxes(Tensor input, Tensor? addend)
    {
        if (input.ndim == Shape.Length || !_recorder.Records(input))
            return base.ComputeLastAxes(input, addend);
        if (!RowNorms.Allows(input, addend, weight, bias))
            return Recorded(input, addend);
        var pass = _recorder.NewPass(input.size(0));
        return RowNorms.Run(input, addend, weight, bias, Epsilon, Activation, pass.Deliver);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _recorder.Dispose();
        base.Dispose(disposing);
    }

    private Tensor Recorded(Tensor input, Tensor? addend)
    {
        using var normalized = F.layer_norm(input, Shape, eps: Epsilon);
        var axis = (int)input.ndim - Shape.Length;
        var (weights, biases) = (PerExample.Of(weight, normalized, axis), PerExample.Of(bias, normalized, axis));
        var output = PerChannel.Affine(normalized, weights, biases, input.dtype);
        _recorder.NewPass(input.size(0)).Keep(weights, biases);
        return Finish(output, addend);
    }
}
