namespace ModelDsl;

/// <summary>No normalization: the slot is empty, and its weight layer and activation are as they would be without it.</summary>
public sealed class NoNormAttribute : NormalizationAttribute;
