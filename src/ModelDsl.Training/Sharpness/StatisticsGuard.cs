using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>
/// A span in which forward passes leave no trace in a model: every registered buffer gets its value back at the end, and
/// tracked normalizations record nothing. Guards nest: each puts back what it found.
/// </summary>
/// <remarks>
/// All buffers, not just the running statistics known today: in a training step a forward pass writes buffers to keep
/// statistics and for nothing else. Values are put back rather than momentum set to 0, which would still count the batch and
/// let one that isn't finite in.
/// </remarks>
internal sealed class StatisticsGuard : IDisposable
{
    private readonly TensorSnapshot _buffers;
    private readonly ITrackedNormalization[] _tracking;

    /// <summary>Begins the span.</summary>
    public StatisticsGuard(nn.Module model)
    {
        _buffers = new TensorSnapshot(model.buffers());

        _tracking = [.. TrackingLayers(model)];
        foreach (var layer in _tracking)
        {
            layer.IsTracking = false;
            // What nobody observed yet belongs to gradients that this span replaces.
            layer.TakePerExampleSquaredGradientNorms()?.Dispose();
        }
    }

    /// <summary>The layers that record now; TorchSharp's modules() leaves out the model itself.</summary>
    public static IEnumerable<ITrackedNormalization> TrackingLayers(nn.Module model) =>
        model.modules().Append(model).OfType<ITrackedNormalization>().Where(layer => layer.IsTracking);

    /// <summary>Ends the span.</summary>
    public void Dispose()
    {
        foreach (var layer in _tracking) layer.IsTracking = true;
        _buffers.Restore();
        _buffers.Dispose();
    }
}
