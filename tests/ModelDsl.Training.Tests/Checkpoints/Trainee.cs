using System.Globalization;
using ModelDsl.Training.Tests.Sharpness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Checkpoints;

/// <summary>One process's worth of a training: model, optimizer, meter and loop, made as they are at the beginning.</summary>
internal sealed class Trainee : IDisposable
{
    public const int Epochs = 3;
    public const int StepsPerEpoch = 5;

    private readonly Sketcher _model;
    private readonly optim.Optimizer _optimizer;
    private readonly GradientNoiseMeter? _meter;
    private readonly TrainingLoop<LabeledBatch> _loop;
    private readonly CancellationTokenSource _interruption = new();

    public Trainee(string folder, TraineeOptions? given = null)
    {
        var options = given ?? new();
        random.manual_seed(options.WeightSeed);
        _model = new(options.Width);
        _optimizer = options.Optimizer(_model);
        _meter = options.Measures ? new(_model) : null;
        var classifier = new Classifier(_model, ["across", "along"]) { AfterBackward = examples => _meter?.Observe(examples) };
        _loop = new()
        {
            Model = _model,
            Optimizer = _optimizer,
            Examples = new Sketches(options.Examples),
            Step = Step(classifier, options.Sharpness),
            LearningRate = options.LearningRate,
            Epochs = options.Epochs,
            BatchSize = options.BatchSize,
            Seed = options.Seed,
            Evaluate = () => classifier.Evaluate(new Sketches(20)),
            AfterStep = AfterStep,
            Checkpoints = new(folder) { EverySteps = options.EverySteps, Options = options.Names },
            GradientNoise = _meter,
        };
    }

    /// <summary>The step, from 0, after which the training is interrupted.</summary>
    public int? InterruptAfter { get; init; }

    /// <summary>The step, from 0, after which the training ends without a word, as if the process had died.</summary>
    public int? DieAfter { get; init; }

    public nn.Module Model => _model;

    public TrainingResult Run() => _loop.Run(_interruption.Token);

    public TrainingResult Resume(string path, Action<string>? warn = null)
    {
        // Nothing of the state may come from what the process happens to have.
        random.manual_seed(987);
        using var checkpoint = TrainingCheckpoint.Read(path, warn ?? (message => Assert.Fail(message)));
        return _loop.Resume(checkpoint, _interruption.Token);
    }

    /// <summary>All that the training changes but times, by name, to the bit.</summary>
    public Dictionary<string, string> State(TrainingResult result)
    {
        var state = _model.Bits().ToDictionary(entry => entry.Key, entry => Convert.ToHexString(entry.Value));
        foreach (var group in BoundOptimizer.Of(_model, _optimizer).Groups)
        {
            foreach (var field in group.Fields)
                state.Add($"{group.Description}/{field.Name}", Text(field.Value));
            foreach (var parameter in group.Parameters)
            {
                foreach (var field in parameter.Fields)
                    state.Add($"{parameter.Name}/{field.Name}", Text(field.Value));
            }
        }
        using var generator = get_rng_state();
        state.Add("generator", Text(generator));
        state.Add("epochs", string.Join('\n', result.Epochs.Select(epoch => epoch with { Seconds = 0, ItemsPerSecond = 0 })));
        state.Add("steps", string.Join('\n', result.Steps));
        state.Add("evaluation", Text(result.Evaluation));
        state.Add("noise", string.Join('\n', _meter?.Course ?? []) + _meter?.Estimator.State);
        return state;
    }

    public void Dispose()
    {
        _interruption.Dispose();
        _optimizer.Dispose();
        _model.Dispose();
    }

    private TrainingStep<LabeledBatch> Step(Classifier classifier, PerturbationScope? scope)
    {
        if (scope is not { } perturbed)
            return classifier.DescendWith(_optimizer);
        var sam = new SharpnessAwareMinimizer(_model, _optimizer, rho: 0.2, perturbed);
        return classifier.StepWith(pass => sam.Step(pass));
    }

    private void AfterStep(StepRecord step)
    {
        if (step.Step == InterruptAfter)
            _interruption.Cancel();
        if (step.Step == DieAfter)
            throw new OperationCanceledException();
    }

    private static string Text(Evaluation? evaluation) => evaluation is null ? "" :
        FormattableString.Invariant($"{evaluation.Loss:R} {evaluation.Accuracy:R} ")
        + string.Join(' ', Enumerable.Range(0, 4).Select(cell => evaluation.Confusion![cell / 2, cell % 2]));

    private static string Text(object? value) => value switch
    {
        Tensor tensor => Convert.ToHexString(tensor.Bits()),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
