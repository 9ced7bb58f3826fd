using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>
/// Measures the gradient noise scale of a model's tracked normalization layers while it trains. Their noise scale predicts
/// that of the whole model well, up to a factor that differs from model to model (Gray et al. 2024, arXiv 2411.00999).
/// </summary>
/// <remarks>
/// <code>
/// var meter = new GradientNoiseMeter(model);
/// ...
/// model.zero_grad();
/// loss.backward();              // the mean over the batch
/// meter.Observe(batchSize);     // before clipping and before the optimizer's step
/// optimizer.step();
/// </code>
/// <para>
/// Gradient accumulation: call <see cref="Observe"/> once, after the last backward pass, with all examples. Every example must
/// enter the accumulated loss with the same weight: micro-batches of equal size, or each mean multiplied by its share of the
/// examples. Gradients must have been zeroed before the first.
/// </para>
/// <para>
/// Squared norms are added up over layers before anything is divided. Where a loss is averaged over tokens, an example's
/// gradient is its part of the batch's, times B. In sharpness-aware minimization observe inside the closure: the second pass
/// isn't recorded and gives no observation.
/// </para>
/// </remarks>
public sealed class GradientNoiseMeter
{
    private readonly IReadOnlyList<ITrackedNormalization> layers;
    private readonly List<GradientNoiseObservation> course = [];

    /// <summary>Starts measuring; what the layers recorded before is dropped.</summary>
    /// <param name="model">A model with tracked layers.</param>
    /// <param name="estimator">Null: a new one with its default decay.</param>
    /// <exception cref="ArgumentException">The model has no tracked layers.</exception>
    public GradientNoiseMeter(IModel model, GradientNoiseScale? estimator = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        layers = model.TrackedNormalizations();
        if (layers.Count == 0)
            throw new ArgumentException(
                $"{model.GetType().Name} has no layers that record gradient noise; put [TrackGradientNoise] on the model and " +
                "choose GroupNorm, LayerNorm, InstanceNorm, RMSNorm or FilterResponseNorm.",
                nameof(model));
        Estimator = estimator ?? new();
        foreach (var layer in layers)
            layer.TakePerExampleSquaredGradientNorms()?.Dispose();
    }

    /// <summary>The estimate so far.</summary>
    public GradientNoiseScale Estimator { get; }

    /// <summary>All observations, oldest first.</summary>
    public IReadOnlyList<GradientNoiseObservation> Course => course;

    /// <summary>
    /// Whether the layers record. Switch it off for passes that are not to be measured: the second pass of sharpness-aware
    /// minimization, or all but every tenth step.
    /// </summary>
    public bool IsTracking
    {
        get => layers.All(layer => layer.IsTracking);
        set
        {
            foreach (var layer in layers)
                layer.IsTracking = value;
        }
    }

    /// <summary>Adds the backward pass, or passes, since the last call. Waits for the device once.</summary>
    /// <param name="batchSize">B, the number of examples that went backward.</param>
    /// <param name="lossScale">
    /// What the mean loss over the B examples was multiplied by: 1 for the mean itself, B for a sum, the number of micro-batches
    /// where equal ones are accumulated without dividing by it, the scale of float16 loss scaling.
    /// </param>
    /// <returns>
    /// The observation, or null where there is none: no layer recorded anything, B is 1, which has no spread, or a gradient
    /// isn't finite. What was recorded is dropped in each case.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument isn't positive.</exception>
    /// <exception cref="InvalidOperationException">A layer recorded another number of examples than B.</exception>
    public GradientNoiseObservation? Observe(long batchSize, double lossScale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lossScale);
        if (SquaredNorms(batchSize) is not var (perExample, batch) || batchSize == 1)
            return null;

        // Each example's gradient entered as lossScale / B of its own: undo that before squaring.
        var mean = perExample / batchSize * Math.Pow(batchSize / lossScale, 2);
        var squared = batch / Math.Pow(lossScale, 2);
        return double.IsFinite(mean) && double.IsFinite(squared) ? Add(mean, squared, batchSize) : null;
    }

    internal GradientNoiseState State
    {
        get => new(Estimator.State, [.. layers.Select(layer => layer.IsTracking)], [.. course]);
        set
        {
            Estimator.State = value.Averages;
            foreach (var (layer, isTracking) in layers.Zip(value.IsTracking))
                layer.IsTracking = isTracking;
            course.Clear();
            course.AddRange(value.Course);
        }
    }

    private GradientNoiseObservation Add(double mean, double squared, long batchSize)
    {
        Estimator.Update(mean, squared, batchSize);
        var observation = new GradientNoiseObservation(
            course.Count + 1,
            batchSize,
            mean,
            squared,
            Estimator.CovarianceTrace!.Value,
            Estimator.SquaredGradientNorm!.Value,
            Estimator.Scale);
        course.Add(observation);
        return observation;
    }

    /// <summary>
    /// Over all layers that recorded, as they stand: the sum of the examples' squared norms, and the squared norm of the
    /// gradient. Null where none did.
    /// </summary>
    private (double PerExample, double Batch)? SquaredNorms(long batchSize)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var perExample = new List<Tensor>();
        var gradients = new List<Tensor>();
        foreach (var (layer, norms) in layers.Select(layer => (layer, layer.TakePerExampleSquaredGradientNorms())).ToList())
        {
            if (norms is null)
                continue;
            RequireExamples(norms.size(0), batchSize);
            perExample.Add(norms);
            gradients.AddRange(Gradients(layer));
        }
        return perExample.Count == 0 ? null : Fetch(cat(perExample).sum(), SquaredNorm(gradients));
    }

    private static IEnumerable<Tensor> Gradients(ITrackedNormalization layer) =>
        from parameter in layer.AffineParameters
        where parameter.requires_grad
        let gradient = parameter.grad
        where gradient is not null
        select gradient.flatten();

    private static Tensor SquaredNorm(List<Tensor> gradients)
    {
        if (gradients.Count == 0)
            throw new InvalidOperationException(
                "The tracked layers have per-example gradients but no gradient: " +
                "observe after the backward pass and before zero_grad.");
        var all = cat(gradients);
        return all.to(promote_types(all.dtype, ScalarType.Float32)).square().sum();
    }

    private static (double PerExample, double Batch) Fetch(Tensor perExample, Tensor batch)
    {
        // The one transfer, and with it the one wait.
        var both = stack([perExample, batch]).cpu().to(ScalarType.Float64).data<double>();
        return (both[0], both[1]);
    }

    private static void RequireExamples(long recorded, long batchSize)
    {
        if (recorded != batchSize)
            throw new InvalidOperationException(
                $"A tracked layer recorded {recorded} examples where {batchSize} were announced. Observe after every step with " +
                "the number of examples since the last one; a layer that runs twice for an example, or folds other axes into " +
                "the batch, can't be measured.");
    }
}
