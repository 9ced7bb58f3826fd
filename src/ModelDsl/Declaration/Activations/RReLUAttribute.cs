namespace ModelDsl;

/// <summary>
/// Leaky rectified linear unit with a random slope: x where x > 0, else a * x with a drawn from U(lower, upper) for every element
/// while training, and (lower + upper) / 2 in evaluation (Xu et al. 2015). Any shape.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), RReLU]   // _bodyRrelu = new RReLULayer(0.125, 1 / 3.0)
/// </code>
/// <c>nn.RReLU</c> of TorchSharp 0.107 draws nothing: it has no training mode. This layer is a module of its own.
/// </remarks>
public sealed class RReLUAttribute : NonlinearityAttribute
{
    /// <summary>The smallest slope. A number or an expression. Default: 0.125.</summary>
    public object Lower { get; set; } = 0.125;

    /// <summary>The largest slope. A number or an expression. Default: 1.0 / 3.</summary>
    public object Upper { get; set; } = 1.0 / 3;
}
