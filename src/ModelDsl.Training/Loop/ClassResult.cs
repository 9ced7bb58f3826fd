namespace ModelDsl.Training;

/// <summary>How a classifier does on one class.</summary>
/// <param name="Name">The class.</param>
/// <param name="Precision">The share of its predictions that are right; null where it was never predicted.</param>
/// <param name="Recall">The share of its examples that were found; null where there are none.</param>
/// <param name="Count">Its examples.</param>
public sealed record ClassResult(string Name, double? Precision, double? Recall, long Count);
