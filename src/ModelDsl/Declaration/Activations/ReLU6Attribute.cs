namespace ModelDsl;

/// <summary>
/// Rectified linear unit that saturates, min(max(x, 0), 6) (Krizhevsky 2010). Any shape; in place where that is safe.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), ReLU6]   // conv.relu6_()
/// </code>
/// </remarks>
public sealed class ReLU6Attribute : NonlinearityAttribute;
