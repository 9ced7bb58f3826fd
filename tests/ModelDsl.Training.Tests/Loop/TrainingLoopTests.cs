using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training.Tests;

public sealed class TrainingLoopTests : IDisposable
{
    private readonly Dots _examples = new();
    private readonly Linear _model = NewModel();
    private readonly SGD _sgd;
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public TrainingLoopTests() => _sgd = optim.SGD(_model.parameters(), 0.1);

    private string CheckpointPath => Path.Combine(_folder, "model.dat");

    public void Dispose()
    {
        _sgd.Dispose();
        _model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void It_learns_and_evaluates_each_epoch()
    {
        var result = NewLoop().Run();

        Assert.Equal(TrainingOutcome.Finished, result.Outcome);
        Assert.Equal(3, result.Epochs.Count);
        Assert.Equal(15, result.Steps.Count);
        Assert.Equal(1, result.Evaluation!.Accuracy);
        Assert.True(result.Epochs[2].TrainLoss < result.Epochs[0].TrainLoss);
        Assert.All(result.Epochs, epoch => Assert.NotNull(epoch.TestAccuracy));
    }

    [Fact]
    public void Each_epoch_sees_every_example_once_in_another_order()
    {
        NewLoop(evaluates: false).Run();

        var epochs = _examples.Drawn.Chunk(Dots.Total).ToArray();
        Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, Dots.Total), epoch.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_training_and_another_does_not()
    {
        var first = LossesWith(seed: 5);
        var again = LossesWith(seed: 5);
        var other = LossesWith(seed: 6);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Cancellation_finishes_the_step_and_saves()
    {
        using var source = new CancellationTokenSource();

        var result = NewLoop(afterStep: step => CancelAt(step, 6, source)).Run(source.Token);

        Assert.Equal(TrainingOutcome.Interrupted, result.Outcome);
        Assert.Equal(7, result.Steps.Count);
        Assert.Equal(2, result.Epochs[^1].Steps);
        using var loaded = NewModel();
        loaded.load(CheckpointPath);
        Assert.Equal(_model.weight!.data<float>().ToArray(), loaded.weight!.data<float>().ToArray());
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_and_keeps_the_last_good_checkpoint()
    {
        byte[] good = [];

        var result = NewLoop(afterStep: step =>
        {
            if (step.Step == 6)
                good = File.ReadAllBytes(CheckpointPath);
            if (step.Step == 7)
                Spoil();
        }).Run();

        Assert.Equal(TrainingOutcome.Diverged, result.Outcome);
        Assert.Equal(9, result.Steps.Count);
        Assert.Equal(good, File.ReadAllBytes(CheckpointPath));
    }

    [Fact]
    public void The_learning_rate_follows_the_schedule()
    {
        var rates = new List<double>();

        var result = NewLoop(afterStep: _ => rates.Add(_sgd.ParamGroups.Single().LearningRate)).Run();

        Assert.Equal(Enumerable.Range(0, 15).Select(step => LearningRates.OneCycle(0.5)(step, 15)), rates);
        Assert.Equal(rates, result.Steps.Select(step => step.LearningRate));
    }

    [Fact]
    public void Groups_keep_the_proportions_of_their_rates()
    {
        using var model = NewModel();
        using var sgd = optim.SGD([new SGD.ParamGroup([model.weight], 0.1), new SGD.ParamGroup([model.bias!], 0.4)], 0.1);
        var rates = new List<double[]>();

        var result = NewLoop(model, sgd, afterStep: _ => rates.Add([.. sgd.ParamGroups.Select(group => group.LearningRate)])).Run();

        Assert.Equal(result.Steps.Select(step => step.LearningRate), rates.Select(rate => rate[1]));
        Assert.All(rates, rate => Assert.Equal(rate[1] / 4, rate[0], 1e-15));
    }

    [Fact]
    public void Weights_that_the_last_update_spoiled_are_not_saved()
    {
        byte[] good = [];
        var result = NewLoop(evaluates: false, afterStep: step =>
        {
            if (step.Step == 6)
                good = File.ReadAllBytes(CheckpointPath);
            if (step.Step == 9)
                Spoil();
        }).Run();

        Assert.Equal(TrainingOutcome.Diverged, result.Outcome);
        Assert.Equal(10, result.Steps.Count);
        Assert.Equal(good, File.ReadAllBytes(CheckpointPath));
    }

    private double[] LossesWith(int seed)
    {
        using var model = NewModel();
        using var sgd = optim.SGD(model.parameters(), 0.1);
        return [.. NewLoop(model, sgd, seed: seed).Run().Steps.Select(step => step.Loss)];
    }

    private TrainingLoop<LabeledBatch> NewLoop(bool evaluates = true, Action<StepRecord>? afterStep = null) =>
        NewLoop(_model, _sgd, evaluates, afterStep);

    private TrainingLoop<LabeledBatch> NewLoop(
        Linear model, SGD sgd, bool evaluates = true, Action<StepRecord>? afterStep = null, int seed = 1)
    {
        var classifier = new Classifier(model, ["left", "right"]);
        return new()
        {
            Model = model,
            Optimizer = sgd,
            Examples = _examples,
            Step = classifier.DescendWith(sgd),
            LearningRate = LearningRates.OneCycle(0.5),
            Epochs = 3,
            BatchSize = 8,
            Seed = seed,
            Evaluate = evaluates ? () => classifier.Evaluate(_examples) : null,
            AfterStep = afterStep,
            CheckpointPath = CheckpointPath,
        };
    }

    private static void CancelAt(StepRecord step, int last, CancellationTokenSource source)
    {
        if (step.Step == last)
            source.Cancel();
    }

    private void Spoil()
    {
        using var withoutGradients = no_grad();
        _model.weight!.fill_(float.NaN);
    }

    private static Linear NewModel()
    {
        var model = nn.Linear(2, 2);
        using var withoutGradients = no_grad();
        model.weight!.fill_(0.1);
        model.bias!.fill_(0);
        return model;
    }
}
