using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// <see cref="InstanceNormLayer"/> that records per-example squared gradient norms of its affine during the ordinary backward
/// pass.
/// </summary>
/// <remarks>
/// The output of a recorded pass is contiguous, also where the input is in channels-last memory. Norms that nobody takes don't
/// pile up: the last 256 passes are kept.
/// </remarks>
public sealed class TrackedInstanceNorm : InstanceNormLayer, ITrackedNormalization
{
    private readonly GradientNormRecorder _recorder;

    internal TrackedInstanceNorm(string site, long channels, double epsilon, Activation? activation = null)
        : base(nameof(TrackedInstanceNorm), site, channels, epsilon, activation) => _recorder = new(this);

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
        var examples = input.size(0);
        var (weights, biases) = (weight.repeat(examples), bias.repeat(examples));
        using var added = PerExample.Addend(addend, input);
        using var output = Finish(PerExample.GroupNorm(input, Channels, weights, biases, Epsilon), added);
        _recorder.NewPass(examples).Keep(weights, biases);
        return output.view(input.shape);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _recorder.Dispose();
        base.Dispose(disposing);
    }
}
