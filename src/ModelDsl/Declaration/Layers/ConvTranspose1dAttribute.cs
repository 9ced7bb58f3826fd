namespace ModelDsl;

/// <summary>
/// A 1d transposed convolution: <c>[N, C, T]</c> to <c>[N, Channels, T']</c>, each axis
/// (H - 1) stride - 2 padding + dilation (kernel - 1) + output padding + 1.
/// </summary>
/// <remarks>
/// <code>
/// [ConvTranspose1d(32, 2, Stride = 2)]   // nn.ConvTranspose1d(C, 32, 2, stride: 2)
/// </code>
/// </remarks>
public sealed class ConvTranspose1dAttribute : TransposedConvolutionAttribute
{
    /// <summary>A transposed convolution to <paramref name="channels"/> channels.</summary>
    public ConvTranspose1dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="ConvTranspose1dAttribute(int, int)"/>
    public ConvTranspose1dAttribute(int channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="ConvTranspose1dAttribute(int, int)"/>
    public ConvTranspose1dAttribute(string channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="ConvTranspose1dAttribute(int, int)"/>
    public ConvTranspose1dAttribute(string channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }
}
