namespace ModelDsl;

/// <summary>The maximum of each window: <c>[N, C, H, W]</c> to <c>[N, C, H', W']</c>.</summary>
public sealed class MaxPool2dAttribute : LayerAttribute
{
    /// <summary>Pooling over square windows.</summary>
    public MaxPool2dAttribute(int kernelSize) => KernelSize = kernelSize;

    /// <inheritdoc cref="MaxPool2dAttribute(int)"/>
    public MaxPool2dAttribute(string kernelSize) => KernelSize = kernelSize;

    /// <summary>The height and width of a window.</summary>
    public object KernelSize { get; }

    /// <summary>The stride. Default: the window's size.</summary>
    public object Stride { get; set; } = 0;

    /// <summary>The padding on each side. Default: 0.</summary>
    public object Padding { get; set; } = 0;
}
