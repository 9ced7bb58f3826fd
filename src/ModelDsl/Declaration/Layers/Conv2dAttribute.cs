namespace ModelDsl;

/// <summary>A 2d convolution: <c>[N, C, H, W]</c> to <c>[N, Channels, H', W']</c>.</summary>
/// <remarks>
/// <code>
/// [Conv2d(nameof(width), 3, Stride = 2)]   // nn.Conv2d(C, width, 3, stride: 2, padding: 1)
/// </code>
/// The input channels are inferred. Every size is an integer or a size expression in a string.
/// </remarks>
public sealed class Conv2dAttribute : LayerAttribute
{
    /// <summary>A convolution to <paramref name="channels"/> channels with a square kernel.</summary>
    public Conv2dAttribute(int channels, int kernelSize) => (Channels, KernelSize) = (channels, kernelSize);

    /// <inheritdoc cref="Conv2dAttribute(int, int)"/>
    public Conv2dAttribute(string channels, int kernelSize) => (Channels, KernelSize) = (channels, kernelSize);

    /// <inheritdoc cref="Conv2dAttribute(int, int)"/>
    public Conv2dAttribute(int channels, string kernelSize) => (Channels, KernelSize) = (channels, kernelSize);

    /// <inheritdoc cref="Conv2dAttribute(int, int)"/>
    public Conv2dAttribute(string channels, string kernelSize) => (Channels, KernelSize) = (channels, kernelSize);

    /// <summary>The output channels.</summary>
    public object Channels { get; }

    /// <summary>The height and width of the kernel.</summary>
    public object KernelSize { get; }

    /// <summary>The stride. Default: 1.</summary>
    public object Stride { get; set; } = 1;

    /// <summary>
    /// The zero padding on each side. Default: the one that keeps the size at stride 1 where the kernel is odd and overlaps (its
    /// stride is smaller, or not a constant); 0 otherwise.
    /// </summary>
    public object Padding { get; set; } = 0;

    /// <summary>The spacing of the kernel's elements. Default: 1.</summary>
    public object Dilation { get; set; } = 1;

    /// <summary>The groups of channels that are convolved separately. Default: 1.</summary>
    public object Groups { get; set; } = 1;

    /// <summary>
    /// Whether a bias is added. Default: yes, except before a normalization that subtracts each channel's mean.
    /// </summary>
    public bool Bias { get; set; } = true;
}
