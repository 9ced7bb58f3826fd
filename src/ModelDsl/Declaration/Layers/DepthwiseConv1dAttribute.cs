namespace ModelDsl;

/// <summary>
/// A 1d convolution of each channel by itself: <c>[N, C, T]</c> to <c>[N, Multiplier * C, T']</c>.
/// </summary>
/// <remarks>
/// <code>
/// [DepthwiseConv1d(4)]                 // nn.Conv1d(C, C, 4, groups: C)
/// </code>
/// </remarks>
public sealed class DepthwiseConv1dAttribute : DepthwiseConvolutionAttribute
{
    /// <summary>A convolution of each channel by itself.</summary>
    public DepthwiseConv1dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }

    /// <inheritdoc cref="DepthwiseConv1dAttribute(int)"/>
    public DepthwiseConv1dAttribute(string kernelSize)
        : base(kernelSize)
    {
    }
}
