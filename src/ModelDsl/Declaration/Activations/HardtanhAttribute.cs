namespace ModelDsl;

/// <summary>x, but at least the minimum and at most the maximum. Any shape; in place where that is safe.</summary>
/// <remarks>
/// <code>
/// [Linear(64), Hardtanh(Minimum = 0)]   // linear.hardtanh_(0, 1)
/// </code>
/// Out of place on a copy: <c>Tensor.hardtanh</c> of TorchSharp 0.107 returns its input unchanged.
/// </remarks>
public sealed class HardtanhAttribute : NonlinearityAttribute
{
    /// <summary>The smallest result. A number or an expression. Default: -1.0.</summary>
    public object Minimum { get; set; } = -1.0;

    /// <summary>The largest result. A number or an expression. Default: 1.0.</summary>
    public object Maximum { get; set; } = 1.0;
}
