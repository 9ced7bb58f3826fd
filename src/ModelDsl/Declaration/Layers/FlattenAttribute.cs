namespace ModelDsl;

/// <summary>Joins all axes but the first: <c>[N, C, H, W]</c> to <c>[N, C * H * W]</c>.</summary>
public sealed class FlattenAttribute : LayerAttribute;
