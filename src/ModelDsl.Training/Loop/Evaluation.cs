namespace ModelDsl.Training;

/// <summary>How a model does on examples that it was not trained on.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Accuracy">The share of predictions that are right, where there is such a thing.</param>
/// <param name="Confusion">Predictions by class, of a classifier.</param>
public sealed record Evaluation(double Loss, double? Accuracy = null, ConfusionMatrix? Confusion = null);
