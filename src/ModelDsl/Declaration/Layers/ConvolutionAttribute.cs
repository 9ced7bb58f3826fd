namespace ModelDsl;

/// <summary>
/// What convolutions of any number of position axes share. A size is an integer, a size expression in a string, or in a string
/// one size for each position axis: <c>"1, 7"</c>.
/// </summary>
public abstract class ConvolutionAttribute : LayerAttribute
{
    private protected ConvolutionAttribute(object channels, object kernelSize) => (Channels, KernelSize) = (channels, kernelSize);

    /// <summary>The output channels.</summary>
    public object Channels { get; }

    /// <summary>The size of the kernel.</summary>
    public object KernelSize { get; }

    /// <summary>The stride. Default: 1.</summary>
    public object Stride { get; set; } = 1;

    /// <summary>
    /// The padding on both sides. Default: on each axis the one that keeps the size at stride 1 where the kernel is odd and
    /// overlaps (its stride is smaller, or not a constant); 0 otherwise.
    /// </summary>
    public object Padding { get; set; } = 0;

    /// <summary>The spacing of the kernel's elements. Default: 1.</summary>
    public object Dilation { get; set; } = 1;

    /// <summary>The groups of channels, convolved by themselves; they divide both numbers of channels. Default: 1.</summary>
    public object Groups { get; set; } = 1;

    /// <summary>What the padding holds. Default: zeros.</summary>
    public PaddingMode PaddingMode { get; set; }

    /// <summary>
    /// Whether a bias is added. Default: yes, except before a normalization that subtracts each channel's mean.
    /// </summary>
    public bool Bias { get; set; } = true;
}
