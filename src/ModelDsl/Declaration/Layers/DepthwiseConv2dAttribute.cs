namespace ModelDsl;

/// <summary>
/// A 2d convolution of each channel by itself: <c>[N, C, H, W]</c> to <c>[N, Multiplier * C, H', W']</c>.
/// </summary>
/// <remarks>
/// <code>
/// [DepthwiseConv2d(7)]                 // nn.Conv2d(C, C, 7, padding: 3, groups: C)
/// </code>
/// </remarks>
public sealed class DepthwiseConv2dAttribute : DepthwiseConvolutionAttribute
{
    /// <summary>A convolution of each channel by itself.</summary>
    public DepthwiseConv2dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }

    /// <inheritdoc cref="DepthwiseConv2dAttribute(int)"/>
    public DepthwiseConv2dAttribute(string kernelSize)
        : base(kernelSize)
    {
    }
}
