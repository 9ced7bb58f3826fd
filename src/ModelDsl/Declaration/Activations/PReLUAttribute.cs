namespace ModelDsl;

/// <summary>
/// Leaky rectified linear unit with a learned slope: x where x > 0, else weight * x (He et al. 2015). Any shape.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), PReLU(PerChannel = true)]   // _bodyPrelu = new PReLULayer(16, 1); body_prelu.weight: [16]
/// </code>
/// </remarks>
public sealed class PReLUAttribute : NonlinearityAttribute
{
    /// <summary>
    /// Whether every channel has a slope of its own, <c>[C]</c>, on the channel axis of what flows. Default: no, one slope
    /// <c>[1]</c>.
    /// </summary>
    public bool PerChannel { get; set; }

    /// <summary>The slope before training. A number or an expression. Default: 0.25.</summary>
    public object Initial { get; set; } = 0.25;
}
