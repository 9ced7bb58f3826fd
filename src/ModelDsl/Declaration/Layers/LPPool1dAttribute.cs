namespace ModelDsl;

/// <summary>
/// The p-norm of each window, (Σ x^p)^(1/p): <c>[N, C, T]</c> to <c>[N, C, T']</c>. Where the sum is negative it is NaN.
/// </summary>
/// <remarks>
/// <code>
/// [LPPool1d(2, 3)]   // nn.LPPool1d(2, 3, stride: 3)
/// </code>
/// </remarks>
public sealed class LPPool1dAttribute : PoolingAttribute
{
    /// <summary>The norm of windows.</summary>
    public LPPool1dAttribute(double normType, int kernelSize)
        : base(kernelSize) => NormType = normType;

    /// <inheritdoc cref="LPPool1dAttribute(double, int)"/>
    public LPPool1dAttribute(double normType, string kernelSize)
        : base(kernelSize) => NormType = normType;

    /// <summary>The power p, not 0.</summary>
    public double NormType { get; }
}
