namespace ModelDsl;

/// <summary>The mean of each window: <c>[N, C, H, W]</c> to <c>[N, C, H', W']</c>.</summary>
/// <remarks>
/// <code>
/// [AvgPool2d(2)]   // nn.AvgPool2d(2, stride: 2)
/// </code>
/// </remarks>
public sealed class AvgPool2dAttribute : PoolingAttribute
{
    /// <summary>The mean of windows of this size.</summary>
    public AvgPool2dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }

    /// <inheritdoc cref="AvgPool2dAttribute(int)"/>
    public AvgPool2dAttribute(string kernelSize)
        : base(kernelSize)
    {
    }

    /// <summary>The padding on both sides, at most half a window. Default: 0.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>Whether the padding's zeros count in the mean. Default: yes.</summary>
    public bool CountIncludePad { get; set; } = true;
}
