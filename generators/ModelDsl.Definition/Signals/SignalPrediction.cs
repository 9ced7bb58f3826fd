namespace ModelDsl.Definition;

/// <summary>What <see cref="SignalPredictor"/> expects of a net at initialisation, averaged over its random weights.</summary>
/// <param name="GradientGrowth">
/// Frobenius norm of the loss's gradient at the first convolution's output over that at the last's, on the main path;
/// NaN where none reaches the last, as below InstanceNorm on maps of one position.
/// </param>
/// <param name="CosineSimilarity">Mean cosine between the activations of two examples after the last activation.</param>
/// <param name="ActivationVariance">Variance of a channel over examples and positions after the last activation.</param>
/// <param name="CountedConvolutions">All convolutions, those of shortcuts included.</param>
public sealed record SignalPrediction(
    double GradientGrowth,
    double CosineSimilarity,
    double ActivationVariance,
    int CountedConvolutions);
