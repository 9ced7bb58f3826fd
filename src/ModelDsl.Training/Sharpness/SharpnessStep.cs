namespace ModelDsl.Training;

/// <summary>
/// What one step of <see cref="SharpnessAwareMinimizer"/> saw. Norms are Euclidean, over the perturbed parameters as one vector.
/// </summary>
/// <param name="Loss">The loss at the weights, as the closure returned it: what a training curve shows.</param>
/// <param name="PerturbedLoss">
/// The loss at the perturbed weights; less <paramref name="Loss"/> it is the sharpness that the step saw. Equal to
/// <paramref name="Loss"/> when the radius is 0, since there is one pass then.
/// </param>
/// <param name="GradientNorm">The norm of the gradient at the weights, as the closure left it: loss per unit of weight.</param>
/// <param name="PerturbationNorm">
/// How far the weights were moved, in their own unit: the radius, or 0 where the gradient was zero or not finite.
/// </param>
public readonly record struct SharpnessStep(double Loss, double PerturbedLoss, double GradientNorm, double PerturbationNorm);
