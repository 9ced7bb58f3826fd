using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// <see cref="FilterResponseNormLayer"/> that records per-example squared gradient norms of its weight and bias during the
/// ordinary backward pass; those of eps and tau aren't counted.
/// </summary>
/// <remarks>Norms that nobody takes don't pile up: the last 256 passes are kept.</remarks>
public sealed class TrackedFilterResponseNorm : FilterResponseNormLayer, ITrackedNormalization
{
    private readonly GradientNormRecorder _recorder;

    internal TrackedFilterResponseNorm(string site, long channels, double epsilon, bool thresholded = false)
        : base(nameof(TrackedFilterResponseNorm), site, channels, epsilon, thresholded) => _recorder = new(this);

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
        if (!_recorder.Records(input))
            return base.Compute(input, addend);
        if (_recorder.Record(input, deliver => Fused(input, addend, deliver)) is { } fused)
            return fused;
        using var normalized = Normalized(input);
        var (weights, biases) = (PerExample.Of(weight, input, 1), PerExample.Of(bias, input, 1));
        using var scale = weights.to(normalized.dtype);
        using var shift = biases.to(normalized.dtype);
        var output = PerChannel.Affine(normalized, scale, shift, input.dtype);
        _recorder.NewPass(input.size(0)).Keep(weights, biases);
        return Thresholded(output, addend);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _recorder.Dispose();
        base.Dispose(disposing);
    }
}
