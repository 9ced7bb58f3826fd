namespace ModelDsl;

/// <summary>
/// What convolutions of each channel by itself share. A size is an integer, a size expression in a string, or in a string one
/// size for each position axis: <c>"1, 7"</c>.
/// </summary>
public abstract class DepthwiseConvolutionAttribute : LayerAttribute
{
    private protected DepthwiseConvolutionAttribute(object kernelSize) => KernelSize = kernelSize;

    /// <summary>The size of the kernel.</summary>
    public object KernelSize { get; }

    /// <summary>The output channels made of each input channel. Default: 1.</summary>
    public object Multiplier { get; set; } = 1;

    /// <summary>The stride. Default: 1.</summary>
    public object Stride { get; set; } = 1;

    /// <inheritdoc cref="ConvolutionAttribute.Padding"/>
    public object Padding { get; set; } = 0;

    /// <summary>The spacing of the kernel's elements. Default: 1.</summary>
    public object Dilation { get; set; } = 1;

    /// <summary>What the padding holds. Default: zeros.</summary>
    public PaddingMode PaddingMode { get; set; }

    /// <inheritdoc cref="ConvolutionAttribute.Bias"/>
    public bool Bias { get; set; } = true;
}
