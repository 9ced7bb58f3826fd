namespace ModelDsl;

/// <summary>
/// The thresholded linear unit max(x, tau) with a learned tau per channel, 0 at first (Singh and Krishnan 2020).
/// FilterResponseNorm makes it of a ReLU. It needs feature maps.
/// </summary>
public sealed class TLUAttribute : LayerAttribute;
