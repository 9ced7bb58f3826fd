namespace ModelDsl;

/// <summary>The maximum of each window: <c>[N, C, H, W]</c> to <c>[N, C, H', W']</c>.</summary>
/// <remarks>
/// <code>
/// [MaxPool2d(3, Stride = 2, Padding = 1)]   // nn.MaxPool2d(3, stride: 2, padding: 1)
/// </code>
/// </remarks>
public sealed class MaxPool2dAttribute : PoolingAttribute
{
    /// <summary>The maximum of windows of this size.</summary>
    public MaxPool2dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }

    /// <inheritdoc cref="MaxPool2dAttribute(int)"/>
    public MaxPool2dAttribute(string kernelSize)
        : base(kernelSize)
    {
    }

    /// <summary>The padding on both sides, at most half a window. Default: 0.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>The spacing of a window's elements. Default: 1.</summary>
    public object Dilation { get; set; } = 1;
}
