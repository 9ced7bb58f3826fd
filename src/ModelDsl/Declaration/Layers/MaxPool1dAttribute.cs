namespace ModelDsl;

/// <summary>The maximum of each window: <c>[N, C, T]</c> to <c>[N, C, T']</c>.</summary>
/// <remarks>
/// <code>
/// [MaxPool1d(3, Stride = 2, Padding = 1)]   // nn.MaxPool1d(3, stride: 2, padding: 1)
/// </code>
/// </remarks>
public sealed class MaxPool1dAttribute : PoolingAttribute
{
    /// <summary>The maximum of windows of this size.</summary>
    public MaxPool1dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }

    /// <inheritdoc cref="MaxPool1dAttribute(int)"/>
    public MaxPool1dAttribute(string kernelSize)
        : base(kernelSize)
    {
    }

    /// <summary>The padding on both sides, at most half a window. Default: 0.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>The spacing of a window's elements. Default: 1.</summary>
    public object Dilation { get; set; } = 1;
}
