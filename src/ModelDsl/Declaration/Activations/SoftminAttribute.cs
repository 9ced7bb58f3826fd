namespace ModelDsl;

/// <summary>The softmax of -x along an axis. Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(10), Softmin]   // functional.softmin(linear, 1)
/// </code>
/// </remarks>
public sealed class SoftminAttribute : LayerAttribute
{
    /// <summary>The axis; negative counts from the end. Default: the channel axis of what flows.</summary>
    public int Axis { get; set; }
}
