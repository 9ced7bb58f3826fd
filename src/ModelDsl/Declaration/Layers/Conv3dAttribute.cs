namespace ModelDsl;

/// <summary>A 3d convolution: <c>[N, C, D, H, W]</c> to <c>[N, Channels, D', H', W']</c>.</summary>
/// <remarks>
/// <code>
/// [Conv3d(64, "3, 7, 7", Stride = "1, 2, 2")]   // nn.Conv3d(C, 64, (3, 7, 7), stride: (1, 2, 2), padding: (1, 3, 3))
/// </code>
/// The input channels are inferred.
/// </remarks>
public sealed class Conv3dAttribute : ConvolutionAttribute
{
    /// <summary>A convolution to <paramref name="channels"/> channels.</summary>
    public Conv3dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="Conv3dAttribute(int, int)"/>
    public Conv3dAttribute(int channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="Conv3dAttribute(int, int)"/>
    public Conv3dAttribute(string channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="Conv3dAttribute(int, int)"/>
    public Conv3dAttribute(string channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }
}
