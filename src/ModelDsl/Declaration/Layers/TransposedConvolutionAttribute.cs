namespace ModelDsl;

/// <summary>
/// What transposed convolutions share. A size is an integer, a size expression in a string, or in a string one size for each
/// position axis: <c>"1, 2"</c>.
/// </summary>
public abstract class TransposedConvolutionAttribute : LayerAttribute
{
    private protected TransposedConvolutionAttribute(object channels, object kernelSize) =>
        (Channels, KernelSize) = (channels, kernelSize);

    /// <summary>The output channels.</summary>
    public object Channels { get; }

    /// <summary>The size of the kernel.</summary>
    public object KernelSize { get; }

    /// <summary>The spacing of the kernels in the output. Default: 1.</summary>
    public object Stride { get; set; } = 1;

    /// <summary>What is cut off on both sides of the output. Default: 0.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>
    /// What is added to one side of the output, one size for all axes: TorchSharp takes the first of several for all. Smaller
    /// than stride or dilation. Default: 0.
    /// </summary>
    public object OutputPadding { get; set; } = 0;

    /// <summary>The spacing of the kernel's elements. Default: 1.</summary>
    public object Dilation { get; set; } = 1;

    /// <summary>The groups of channels, convolved by themselves; they divide both numbers of channels. Default: 1.</summary>
    public object Groups { get; set; } = 1;

    /// <inheritdoc cref="ConvolutionAttribute.Bias"/>
    public bool Bias { get; set; } = true;
}
