using System.Diagnostics;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>
/// Epochs over shuffled batches. It knows neither the task nor the optimizer: the step, the evaluation and the display are given.
/// The same seed gives the same batches in the same order, whatever else draws random numbers.
/// </summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
public sealed class TrainingLoop<TBatch>
{
    private readonly List<EpochRecord> _epochs = [];
    private readonly List<StepRecord> _steps = [];

    /// <summary>The model: put into training mode for each epoch, and saved after it.</summary>
    public required nn.Module Model { get; init; }

    /// <summary>The optimizer whose learning rate follows the schedule.</summary>
    public required optim.Optimizer Optimizer { get; init; }

    /// <summary>The training examples.</summary>
    public required IExamples<TBatch> Examples { get; init; }

    /// <summary>The optimization step.</summary>
    public required TrainingStep<TBatch> Step { get; init; }

    /// <summary>
    /// The learning rate of every step. Groups whose rates differed at the start keep their proportions; this is the highest.
    /// </summary>
    public required LearningRateSchedule LearningRate { get; init; }

    /// <summary>The number of epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>
    /// The examples in a batch; all of them where there are fewer. What is left over when the examples don't divide sits out that
    /// epoch, so that every step sees as much noise.
    /// </summary>
    public required int BatchSize { get; init; }

    /// <summary>The seed of shuffling and augmentation.</summary>
    public int Seed { get; init; }

    /// <summary>Judges the model after each epoch, where given.</summary>
    public Func<Evaluation>? Evaluate { get; init; }

    /// <summary>Called after each step, where given: a measurement beside the training.</summary>
    public Action<StepRecord>? AfterStep { get; init; }

    /// <summary>Where the model is saved after each epoch and when interrupted; nowhere if null.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>What people see meanwhile. Default: nothing.</summary>
    public ITrainingDisplay Display { get; init; } = new NoDisplay();

    /// <summary>The steps of an epoch.</summary>
    public int StepsPerEpoch => Examples.Count / ItemsPerStep;

    private int ItemsPerStep => Math.Min(BatchSize, Examples.Count);

    /// <summary>
    /// Trains, until the end or until <paramref name="cancellation"/>: then the running step is finished and the model saved. A
    /// loss that isn't finite ends the training too; the checkpoint then keeps the last epoch that was.
    /// </summary>
    public TrainingResult Run(CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfZero(Examples.Count, "Examples.Count");
        _epochs.Clear();
        _steps.Clear();

        var clock = Stopwatch.StartNew();
        var outcome = TrainingOutcome.Finished;
        Evaluation? evaluation = null;
        Display.Show(Epochs, StepsPerEpoch, () =>
        {
            for (var epoch = 1; epoch <= Epochs && outcome == TrainingOutcome.Finished; epoch++)
            {
                if (cancellation.IsCancellationRequested)
                    outcome = TrainingOutcome.Interrupted;
                else
                    (outcome, evaluation) = RunEpoch(epoch, cancellation);
            }
        });
        return new(outcome, [.. _epochs], [.. _steps], StepsPerEpoch, evaluation, clock.Elapsed);
    }

    private (TrainingOutcome Outcome, Evaluation? Evaluation) RunEpoch(int epoch, CancellationToken cancellation)
    {
        var running = new RunningEpoch(epoch);
        Model.train();
        var outcome = RunSteps(running, cancellation);
        running.Stop();

        var evaluation = outcome == TrainingOutcome.Finished ? Evaluate?.Invoke() : null;
        // The last update is judged by no later loss.
        if ((evaluation is not null && !double.IsFinite(evaluation.Loss)) || !HasFiniteWeights())
            outcome = TrainingOutcome.Diverged;
        if (running.Steps > 0)
            Record(running.ToRecord(evaluation));
        if (CheckpointPath is not null && outcome != TrainingOutcome.Diverged)
            Checkpoint.Save(Model, CheckpointPath);
        return (outcome, evaluation);
    }

    private bool HasFiniteWeights()
    {
        using var scope = NewDisposeScope();
        return Model.parameters().All(parameter => parameter.isfinite().all().item<bool>());
    }

    private TrainingOutcome RunSteps(RunningEpoch running, CancellationToken cancellation)
    {
        // Each epoch has a generator of its own: its order doesn't depend on how the epochs before it went.
        var random = new Random(HashSeed(Seed, running.Epoch));
        var order = Enumerable.Range(0, Examples.Count).ToArray();
        random.Shuffle(order);
        for (var step = 0; step < StepsPerEpoch; step++)
        {
            if (cancellation.IsCancellationRequested)
                return TrainingOutcome.Interrupted;
            var loss = RunStep(running, order.AsSpan(step * ItemsPerStep, ItemsPerStep), random);
            if (!double.IsFinite(loss))
                return TrainingOutcome.Diverged;
        }
        return TrainingOutcome.Finished;
    }

    private double RunStep(RunningEpoch running, ReadOnlySpan<int> indices, Random random)
    {
        using var scope = NewDisposeScope();
        var rate = LearningRate(_steps.Count, Epochs * StepsPerEpoch);
        var highest = Optimizer.ParamGroups.Max(group => group.InitialLearningRate);
        foreach (var group in Optimizer.ParamGroups)
            group.LearningRate = highest > 0 ? rate * (group.InitialLearningRate / highest) : rate;
        var result = Step(Examples.Batch(indices, random));

        running.Add(result, indices.Length, rate);
        var record = new StepRecord(_steps.Count, running.Epoch, result.Loss, rate);
        _steps.Add(record);
        AfterStep?.Invoke(record);
        Display.ShowStep(running);
        return result.Loss;
    }

    private void Record(EpochRecord epoch)
    {
        _epochs.Add(epoch);
        Display.ShowEpoch(epoch);
    }

    /// <summary>
    /// Neighbouring seeds and epochs must not share orders, as seed + epoch would. HashCode is no choice: it differs by
    /// process.
    /// </summary>
    private static int HashSeed(int seed, int epoch) => unchecked(seed * (int)0x9E3779B1 + epoch * (int)0x85EBCA77);
}
