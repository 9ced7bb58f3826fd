namespace ModelDsl;

/// <summary>
/// The elements of every window as channels: <c>[N, C, H, W]</c> to <c>[N, C * kernel size, L]</c> with L windows.
/// </summary>
/// <remarks>
/// <code>
/// [Unfold(4, Stride = 4)]   // nn.Unfold(4, stride: 4)
/// </code>
/// A size is an integer, a size expression in a string, or in a string one size for each axis.
/// </remarks>
public sealed class UnfoldAttribute : LayerAttribute
{
    /// <summary>Windows of this size.</summary>
    public UnfoldAttribute(int kernelSize) => KernelSize = kernelSize;

    /// <inheritdoc cref="UnfoldAttribute(int)"/>
    public UnfoldAttribute(string kernelSize) => KernelSize = kernelSize;

    /// <summary>The size of a window.</summary>
    public object KernelSize { get; }

    /// <summary>The stride. Default: 1.</summary>
    public object Stride { get; set; } = 1;

    /// <summary>The zeros on both sides. Default: 0.</summary>
    public object Padding { get; set; } = 0;

    /// <summary>The spacing of a window's elements. Default: 1.</summary>
    public object Dilation { get; set; } = 1;
}
