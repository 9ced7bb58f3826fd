namespace ModelDsl;

/// <summary>Rectified linear unit, max(x, 0) (Nair and Hinton 2010). Any shape; in place where that is safe.</summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), ReLU]   // conv.relu_()
/// </code>
/// </remarks>
public sealed class ReLUAttribute : NonlinearityAttribute;
