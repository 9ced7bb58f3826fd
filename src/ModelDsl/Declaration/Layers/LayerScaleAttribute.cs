namespace ModelDsl;

/// <summary>
/// LayerScale (Touvron et al. 2021, CaiT): multiplies each channel by a learned factor that starts near zero. Any shape.
/// </summary>
/// <remarks>
/// <code>
/// [Linear(64), LayerScale(1e-6), Shortcut]   // _bodyLayerScale.mul(linear)
/// </code>
/// The factors are a parameter of the model itself: <c>[C]</c> where channels are last, <c>[C, 1, 1]</c> on feature maps, as
/// published ConvNeXts and vision transformers have it (<c>Name = "layer_scale"</c>, <c>Name = "ls1.gamma"</c>).
/// </remarks>
public sealed class LayerScaleAttribute : LayerAttribute
{
    /// <summary>Factors that start at 1e-6.</summary>
    public LayerScaleAttribute() => Initial = 1e-6;

    /// <summary>Factors that start at <paramref name="initial"/>.</summary>
    public LayerScaleAttribute(double initial) => Initial = initial;

    /// <summary>Factors that start at <c>nameof</c> of a floating-point parameter, or at arithmetic over parameters.</summary>
    public LayerScaleAttribute(string initial) => Initial = initial;

    /// <summary>The factors before training. A number or an expression. Default: 1e-6.</summary>
    public object Initial { get; }
}
