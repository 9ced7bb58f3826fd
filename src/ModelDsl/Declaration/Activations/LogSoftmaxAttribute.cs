namespace ModelDsl;

/// <summary>The logarithm of the softmax along an axis. Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(10), LogSoftmax]   // linear.log_softmax(1)
/// </code>
/// </remarks>
public sealed class LogSoftmaxAttribute : LayerAttribute
{
    /// <summary>The axis; negative counts from the end. Default: the channel axis of what flows.</summary>
    public int Axis { get; set; }
}
