namespace ModelDsl;

/// <summary>
/// A 3d convolution of each channel by itself: <c>[N, C, D, H, W]</c> to <c>[N, Multiplier * C, D', H', W']</c>.
/// </summary>
/// <remarks>
/// <code>
/// [DepthwiseConv3d(3, Multiplier = 2)] // nn.Conv3d(C, 2 * C, 3, padding: 1, groups: C)
/// </code>
/// </remarks>
public sealed class DepthwiseConv3dAttribute : DepthwiseConvolutionAttribute
{
    /// <summary>A convolution of each channel by itself.</summary>
    public DepthwiseConv3dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }

    /// <inheritdoc cref="DepthwiseConv3dAttribute(int)"/>
    public DepthwiseConv3dAttribute(string kernelSize)
        : base(kernelSize)
    {
    }
}
