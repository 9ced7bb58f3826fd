namespace ModelDsl;

/// <summary>
/// A 2d transposed convolution: <c>[N, C, H, W]</c> to <c>[N, Channels, H', W']</c>, each axis
/// (H - 1) stride - 2 padding + dilation (kernel - 1) + output padding + 1.
/// </summary>
/// <remarks>
/// <code>
/// [ConvTranspose2d(32, 2, Stride = 2)]   // nn.ConvTranspose2d(C, 32, 2, stride: 2)
/// </code>
/// </remarks>
public sealed class ConvTranspose2dAttribute : TransposedConvolutionAttribute
{
    /// <summary>A transposed convolution to <paramref name="channels"/> channels.</summary>
    public ConvTranspose2dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="ConvTranspose2dAttribute(int, int)"/>
    public ConvTranspose2dAttribute(int channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="ConvTranspose2dAttribute(int, int)"/>
    public ConvTranspose2dAttribute(string channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="ConvTranspose2dAttribute(int, int)"/>
    public ConvTranspose2dAttribute(string channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }
}
