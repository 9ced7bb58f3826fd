namespace ModelDsl;

/// <summary>Rectified linear unit, max(x, 0). Any shape; in place where that is safe.</summary>
public sealed class ReLUAttribute : LayerAttribute;
