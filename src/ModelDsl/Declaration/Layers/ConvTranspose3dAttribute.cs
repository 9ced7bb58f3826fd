namespace ModelDsl;

/// <summary>
/// A 3d transposed convolution: <c>[N, C, D, H, W]</c> to <c>[N, Channels, D', H', W']</c>, each axis
/// (H - 1) stride - 2 padding + dilation (kernel - 1) + output padding + 1.
/// </summary>
/// <remarks>
/// <code>
/// [ConvTranspose3d(32, 2, Stride = 2)]   // nn.ConvTranspose3d(C, 32, 2, stride: 2)
/// </code>
/// </remarks>
public sealed class ConvTranspose3dAttribute : TransposedConvolutionAttribute
{
    /// <summary>A transposed convolution to <paramref name="channels"/> channels.</summary>
    public ConvTranspose3dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="ConvTranspose3dAttribute(int, int)"/>
    public ConvTranspose3dAttribute(int channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="ConvTranspose3dAttribute(int, int)"/>
    public ConvTranspose3dAttribute(string channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="ConvTranspose3dAttribute(int, int)"/>
    public ConvTranspose3dAttribute(string channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }
}
