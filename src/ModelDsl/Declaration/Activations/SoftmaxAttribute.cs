namespace ModelDsl;

/// <summary>exp(x) / sum of exp(x) along an axis. Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(10), Softmax]   // linear.softmax(1)
/// </code>
/// </remarks>
public sealed class SoftmaxAttribute : LayerAttribute
{
    /// <summary>The axis; negative counts from the end. Default: the channel axis of what flows.</summary>
    public int Axis { get; set; }
}
