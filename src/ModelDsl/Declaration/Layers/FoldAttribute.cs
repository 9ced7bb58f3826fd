namespace ModelDsl;

/// <summary>
/// Adds windows up to a map, the adjoint of <see cref="UnfoldAttribute"/>: <c>[N, C * kernel size, L]</c> to <c>[N, C, H, W]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [Fold("32, 32", 4, Stride = 4)]   // nn.Fold((32, 32), (4, 4), stride: (4, 4))
/// </code>
/// A size is an integer, a size expression in a string, or in a string one size for each axis.
/// </remarks>
public sealed class FoldAttribute : LayerAttribute
{
    /// <summary>Windows of this size to a map of that size.</summary>
    public FoldAttribute(int outputSize, int kernelSize) => (OutputSize, KernelSize) = (outputSize, kernelSize);

    /// <inheritdoc cref="FoldAttribute(int, int)"/>
    public FoldAttribute(int outputSize, string kernelSize) => (OutputSize, KernelSize) = (outputSize, kernelSize);

    /// <inheritdoc cref="FoldAttribute(int, int)"/>
    public FoldAttribute(string outputSize, int kernelSize) => (OutputSize, KernelSize) = (outputSize, kernelSize);

    /// <inheritdoc cref="FoldAttribute(int, int)"/>
    public FoldAttribute(string outputSize, string kernelSize) => (OutputSize, KernelSize) = (outputSize, kernelSize);

    /// <summary>The height and width of the map.</summary>
    public object OutputSize { get; }

    /// <summary>The size of a window.</summary>
    public object KernelSize { get; }

    /// <summary>The stride. Default: 1.</summary>
    public object Stride { get; set; } = 1;

    /// <summary>What is cut off on both sides of the map. Default: 0.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>The spacing of a window's elements. Default: 1.</summary>
    public object Dilation { get; set; } = 1;
}
