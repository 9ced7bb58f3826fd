namespace ModelDsl;

/// <summary>
/// Weight centering: each filter of the weight layer that the slot belongs to is W - mean, over its inputs and kernel; no scale.
/// The slot itself is empty, and the weight layer keeps its bias, 0 at first.
/// </summary>
public sealed class WeightCenteringAttribute : NormalizationAttribute;
