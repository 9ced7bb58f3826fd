using ModelDsl.Kernels;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// <see cref="RMSNormLayer"/> that records per-example squared gradient norms of its weight during the ordinary backward pass.
/// Axis 0 is the examples.
/// </summary>
/// <remarks>
/// Recording costs nothing where the kernel runs: over the last axis, contiguous float32 on the CPU, 0.3 MB or more. Norms that
/// nobody takes don't pile up: the last 256 passes are kept.
/// </remarks>
public sealed class TrackedRMSNorm : RMSNormLayer, ITrackedNormalization
{
    private readonly GradientNormRecorder _recorder;

    internal TrackedRMSNorm(
        string site, long channels, double epsilon, bool perPosition = false, Activation? activation = null)
        : base(nameof(TrackedRMSNorm), site, channels, epsilon, perPosition, activation) => _recorder = new(this);

    /// <inheritdoc/>
    public bool IsTracking
    {
        get => _recorder.IsTracking;
        set => _recorder.IsTracking = value;
    }

    /// <inheritdoc/>
    public Tensor? TakePerExampleSquaredGradientNorms() => _recorder.Take();

    private protected override Tensor Compute(Tensor input, Tensor? addend)
    {
        if (input.ndim == 1 || !_recorder.Records(input))
            return base.Compute(input, addend);
        if (HasKernel(input, addend))
            return RowNorms.Run(input, addend, weight, bias: null, Epsilon, Activation, _recorder.NewPass(input.size(0)).Deliver);
        using var normalized = Normalized(input);
        var weights = PerExample.Of(weight, input, PerPosition ? 1 : (int)input.ndim - 1);
        using var scale = weights.to(normalized.dtype);
        var output = Scaled(normalized, scale, input.dtype);
        _recorder.NewPass(input.size(0)).Keep(weights);
        return Finish(output, addend);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _recorder.Dispose();
        base.Dispose(disposing);
    }
}
