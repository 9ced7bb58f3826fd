namespace ModelDsl;

/// <summary>A 2d convolution: <c>[N, C, H, W]</c> to <c>[N, Channels, H', W']</c>.</summary>
/// <remarks>
/// <code>
/// [Conv2d(nameof(width), 3, Stride = 2)]     // nn.Conv2d(C, width, 3, stride: 2, padding: 1)
/// [Conv2d(192, "1, 7")]                      // nn.Conv2d(C, 192, (1, 7), padding: (0, 3))
/// </code>
/// The input channels are inferred.
/// </remarks>
public sealed class Conv2dAttribute : ConvolutionAttribute
{
    /// <summary>A convolution to <paramref name="channels"/> channels.</summary>
    public Conv2dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="Conv2dAttribute(int, int)"/>
    public Conv2dAttribute(int channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="Conv2dAttribute(int, int)"/>
    public Conv2dAttribute(string channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="Conv2dAttribute(int, int)"/>
    public Conv2dAttribute(string channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }
}
