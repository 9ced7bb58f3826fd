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
    private readonly Stopwatch _clock = new();
    private TrainingParts? _parts;
    private RunningEpoch _running = new(1);
    private int[] _order = [];
    private RestorableRandom _random = new(0);
    private Evaluation? _evaluation;
    private TimeSpan _before;

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

    /// <summary>
    /// Where the model alone is saved after each epoch and when interrupted, for <c>module.load</c>; nowhere if null.
    /// </summary>
    public string? CheckpointPath { get; init; }

    /// <summary>
    /// Where the whole training is saved after each epoch, when interrupted and as often as it says, to be resumed; nowhere if
    /// null.
    /// </summary>
    public TrainingCheckpoints? Checkpoints { get; init; }

    /// <summary>The meter whose averages and course belong to the training's state, where there is one.</summary>
    public GradientNoiseMeter? GradientNoise { get; init; }

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
        RequireWork();
        _parts = Checkpoints is null ? null : CreateParts();
        Checkpoints?.Begin(resumed: null);
        _epochs.Clear();
        _steps.Clear();
        _evaluation = null;
        _before = TimeSpan.Zero;
        BeginEpoch(1);
        return Train(cancellation);
    }

    /// <summary>
    /// Goes on from <paramref name="checkpoint"/> to the same end as without the interruption: weights, optimizer and records
    /// are equal to the bit, but for times. The result tells of the whole training, also of what was done before. Model,
    /// optimizer and all else must have been made as they were at the beginning.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The checkpoint is of another training: another model, optimizer, batch size, seed, ... Nothing is changed then.
    /// </exception>
    public TrainingResult Resume(TrainingCheckpoint checkpoint, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        RequireWork();
        _parts = CreateParts();
        checkpoint.RequireFit(_parts, Settings, Checkpoints?.Options);
        RequireSameRate(checkpoint);
        Checkpoints?.Begin(checkpoint.FilePath);
        _epochs.Clear();
        _epochs.AddRange(checkpoint.Progress.Epochs);
        _steps.Clear();
        _steps.AddRange(checkpoint.Progress.Steps);
        _evaluation = checkpoint.Progress.Evaluation;
        _before = checkpoint.Progress.Duration;
        BeginEpoch(checkpoint.Progress.Epoch);
        _running = new(checkpoint.Progress.Epoch, checkpoint.Progress.Running);
        _random.State = checkpoint.Progress.Random;
        checkpoint.Apply(_parts);
        return Train(cancellation);
    }

    private TrainingSettings Settings => new(Epochs, BatchSize, Seed, Examples.Count);

    private void RequireWork()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfZero(Examples.Count, "Examples.Count");
    }

    private TrainingParts CreateParts() => new(Model, BoundOptimizer.Of(Model, Optimizer), GradientNoise);

    /// <summary>A schedule is code, which no checkpoint holds; but the rate of the last step must come out of it again.</summary>
    private void RequireSameRate(TrainingCheckpoint checkpoint)
    {
        if (checkpoint.Progress.Steps is not [.., var last])
            return;
        var rate = LearningRate(last.Step, Epochs * StepsPerEpoch);
        if (!rate.Equals(last.LearningRate))
            throw checkpoint.Misfit(FormattableString.Invariant(
                $"the learning rate of step {last.Step} is {last.LearningRate} in it and {rate} by the schedule here"));
    }

    private TrainingResult Train(CancellationToken cancellation)
    {
        _clock.Restart();
        var outcome = TrainingOutcome.Finished;
        Display.Show(Epochs, StepsPerEpoch, () =>
        {
            while (_running.Epoch <= Epochs && outcome == TrainingOutcome.Finished)
                outcome = cancellation.IsCancellationRequested ? TrainingOutcome.Interrupted : RunEpoch(cancellation);
        });
        return new(outcome, [.. _epochs], [.. _steps], StepsPerEpoch, _evaluation, _before + _clock.Elapsed);
    }

    /// <summary>Runs what is left of the running epoch and, where that is all of it, begins the next.</summary>
    private TrainingOutcome RunEpoch(CancellationToken cancellation)
    {
        Model.train();
        _evaluation = null;
        _running.Start();
        var outcome = RunSteps(cancellation);
        _running.Stop();

        if (outcome == TrainingOutcome.Finished)
            _evaluation = Evaluate?.Invoke();
        // The last update is judged by no later loss.
        if ((_evaluation is not null && !double.IsFinite(_evaluation.Loss)) || !HasFiniteWeights())
            outcome = TrainingOutcome.Diverged;
        if (_running.Steps > 0)
            Record(_running.ToRecord(_evaluation));
        if (outcome == TrainingOutcome.Finished)
            BeginEpoch(_running.Epoch + 1);
        if (outcome != TrainingOutcome.Diverged)
            Save();
        return outcome;
    }

    private void BeginEpoch(int epoch)
    {
        _running = new RunningEpoch(epoch);
        // Each epoch has a generator of its own: its order doesn't depend on how the epochs before it went.
        _random = new(HashSeed(Seed, epoch));
        _order = [.. Enumerable.Range(0, Examples.Count)];
        _random.Shuffle(_order);
    }

    private void Save()
    {
        if (CheckpointPath is not null)
            Checkpoint.Save(Model, CheckpointPath);
        SaveTraining();
    }

    private void SaveTraining() => Checkpoints?.Write(_parts!, new(
        Settings,
        _running.Epoch,
        _running.State,
        _random.State,
        // An epoch that was cut short will be recorded when it is whole.
        [.. _epochs.Where(epoch => epoch.Epoch < _running.Epoch)],
        _steps,
        _evaluation,
        _before + _clock.Elapsed));

    private bool HasFiniteWeights()
    {
        using var scope = NewDisposeScope();
        return Model.parameters().All(parameter => parameter.isfinite().all().item<bool>());
    }

    private TrainingOutcome RunSteps(CancellationToken cancellation)
    {
        for (var step = _running.Steps; step < StepsPerEpoch; step++)
        {
            if (cancellation.IsCancellationRequested)
                return TrainingOutcome.Interrupted;
            var loss = RunStep(_order.AsSpan(step * ItemsPerStep, ItemsPerStep));
            if (!double.IsFinite(loss))
                return TrainingOutcome.Diverged;
            // The end of the epoch has a checkpoint of its own, with the evaluation.
            if (step < StepsPerEpoch - 1 && IsDue() && HasFiniteWeights())
                SaveTraining();
        }
        return TrainingOutcome.Finished;
    }

    private bool IsDue() => Checkpoints is { EverySteps: > 0 } checkpoints && _steps.Count % checkpoints.EverySteps == 0;

    private double RunStep(ReadOnlySpan<int> indices)
    {
        using var scope = NewDisposeScope();
        var rate = LearningRate(_steps.Count, Epochs * StepsPerEpoch);
        var highest = Optimizer.ParamGroups.Max(group => group.InitialLearningRate);
        foreach (var group in Optimizer.ParamGroups)
            group.LearningRate = highest > 0 ? rate * (group.InitialLearningRate / highest) : rate;
        var result = Step(Examples.Batch(indices, _random));

        _running.Add(result, indices.Length, rate);
        var record = new StepRecord(_steps.Count, _running.Epoch, result.Loss, rate);
        _steps.Add(record);
        AfterStep?.Invoke(record);
        Display.ShowStep(_running);
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
