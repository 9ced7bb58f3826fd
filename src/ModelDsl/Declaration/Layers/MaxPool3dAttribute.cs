namespace ModelDsl;

/// <summary>The maximum of each window: <c>[N, C, D, H, W]</c> to <c>[N, C, D', H', W']</c>.</summary>
/// <remarks>
/// <code>
/// [MaxPool3d(3, Stride = 2, Padding = 1)]   // nn.MaxPool3d(3, stride: 2, padding: 1)
/// </code>
/// </remarks>
public sealed class MaxPool3dAttribute : PoolingAttribute
{
    /// <summary>The maximum of windows of this size.</summary>
    public MaxPool3dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }

    /// <inheritdoc cref="MaxPool3dAttribute(int)"/>
    public MaxPool3dAttribute(string kernelSize)
        : base(kernelSize)
    {
    }

    /// <summary>The padding on both sides, at most half a window. Default: 0.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>The spacing of a window's elements. Default: 1.</summary>
    public object Dilation { get; set; } = 1;
}
