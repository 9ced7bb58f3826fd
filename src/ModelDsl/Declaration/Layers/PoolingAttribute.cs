namespace ModelDsl;

/// <summary>
/// What pooling over windows shares. A size is an integer, a size expression in a string, or in a string one size for each
/// position axis: <c>"1, 2"</c>.
/// </summary>
public abstract class PoolingAttribute : LayerAttribute
{
    private protected PoolingAttribute(object kernelSize) => KernelSize = kernelSize;

    /// <summary>The size of a window.</summary>
    public object KernelSize { get; }

    /// <summary>The stride. Default: the window's size.</summary>
    public object Stride { get; set; } = 0;

    /// <summary>
    /// Whether positions at the end that don't fill a window are pooled as well, so that the size is rounded up. Default: no.
    /// </summary>
    public bool CeilMode { get; set; }
}
