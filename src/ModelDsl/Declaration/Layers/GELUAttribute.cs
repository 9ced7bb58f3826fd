namespace ModelDsl;

/// <summary>Gaussian error linear unit, x Φ(x) (Hendrycks and Gimpel 2016). Any shape.</summary>
public sealed class GELUAttribute : LayerAttribute;
