namespace ModelDsl;

/// <summary>
/// The p-norm of each window, (Σ x^p)^(1/p): <c>[N, C, H, W]</c> to <c>[N, C, H', W']</c>. Where the sum is negative it is NaN.
/// </summary>
/// <remarks>
/// <code>
/// [LPPool2d(2, 3)]   // nn.LPPool2d(2, 3, stride: 3)
/// </code>
/// </remarks>
public sealed class LPPool2dAttribute : PoolingAttribute
{
    /// <summary>The norm of windows.</summary>
    public LPPool2dAttribute(double normType, int kernelSize)
        : base(kernelSize) => NormType = normType;

    /// <inheritdoc cref="LPPool2dAttribute(double, int)"/>
    public LPPool2dAttribute(double normType, string kernelSize)
        : base(kernelSize) => NormType = normType;

    /// <summary>The power p, not 0.</summary>
    public double NormType { get; }
}
