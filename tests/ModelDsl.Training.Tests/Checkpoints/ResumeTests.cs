namespace ModelDsl.Training.Tests.Checkpoints;

/// <summary>Trainings that were interrupted and resumed against the same in one go: every byte must be equal.</summary>
[Collection(TorchGenerator.Name)]
public sealed class ResumeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string, int[]> Interruptions()
    {
        var data = new TheoryData<string, string, int[]>();
        foreach (var (optimizer, sharpness) in ((string, string)[])
                 [("SGD", ""), ("AdamW", ""), ("SGD", "NormalizationOnly"), ("AdamW", "NormalizationOnly"), ("SGD", "All")])
        {
            foreach (var steps in (int[][])[[0], [6], [4], [9], [13], [14], [2, 11], [4, 9], [6, 7]])
                data.Add(optimizer, sharpness, steps);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void A_training_that_was_interrupted_ends_as_one_that_was_not(string optimizer, string sharpness, int[] steps)
    {
        var options = new TraineeOptions
        {
            Optimizer = Optimizers.Of(optimizer),
            Sharpness = sharpness.Length > 0 ? Enum.Parse<PerturbationScope>(sharpness) : null,
        };
        var expected = InOneGo(options);

        Interrupt(options, steps);
        var actual = Finish(options);

        AssertEqual(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Optimizers.Names), MemberType = typeof(Optimizers))]
    public void The_state_of_every_optimizer_is_kept(string optimizer)
    {
        var options = new TraineeOptions { Optimizer = Optimizers.Of(optimizer) };
        var expected = InOneGo(options);

        Interrupt(options, 6);
        var actual = Finish(options);

        AssertEqual(expected, actual);
    }

    /// <summary>The comparison itself must be able to fail.</summary>
    [Fact]
    public void Another_seed_ends_elsewhere()
    {
        var one = InOneGo(new());
        var other = InOneGo(new() { Seed = 4 });

        Assert.NotEqual(one["head_linear.weight"], other["head_linear.weight"]);
        Assert.NotEqual(one["noise"], other["noise"]);
        Assert.Equal(one.Keys.Order(), other.Keys.Order());
        Assert.Contains(one.Keys, name => name.EndsWith("/momentum_buffer", StringComparison.Ordinal));
        Assert.Contains(one.Keys, name => name.EndsWith("running_mean", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 8)]
    [InlineData(3, 13)]
    [InlineData(100, 11)]
    public void A_training_that_died_goes_on_from_the_last_checkpoint(int everySteps, int diesAfter)
    {
        var options = new TraineeOptions { EverySteps = everySteps, Sharpness = PerturbationScope.NormalizationOnly };
        var expected = InOneGo(options);
        using (var trainee = new Trainee(_folder, options) { DieAfter = diesAfter })
            Assert.Throws<OperationCanceledException>(() => trainee.Run());

        using (var checkpoint = TrainingCheckpoint.Read(_folder, Fail))
            Assert.Equal(LastSaved(everySteps, diesAfter), checkpoint.Steps);
        AssertEqual(expected, Finish(options));
    }

    [Fact]
    public void Optimizer_state_is_found_by_name_not_by_order()
    {
        var options = new TraineeOptions();
        var expected = InOneGo(options);

        Interrupt(options, 6);
        var actual = Finish(options with { Optimizer = Optimizers.SgdInAnotherOrder });

        // The groups are described by their first parameters, which are others now.
        foreach (var (name, value) in expected.Where(entry => !entry.Key.StartsWith("the group", StringComparison.Ordinal)))
            Assert.True(value == actual[name], name);
    }

    [Fact]
    public void A_training_that_is_done_comes_back_whole()
    {
        var options = new TraineeOptions();
        var expected = InOneGo(options);
        using (var trainee = new Trainee(_folder, options))
            trainee.Run();

        AssertEqual(expected, Finish(options));
    }

    [Fact]
    public void An_interrupted_epoch_is_recorded_once_it_is_whole()
    {
        Interrupt(new(), 7);

        using var trainee = new Trainee(_folder);
        var result = trainee.Resume(_folder);

        Assert.Equal([1, 2, 3], result.Epochs.Select(epoch => epoch.Epoch));
        Assert.All(result.Epochs, epoch => Assert.Equal(Trainee.StepsPerEpoch, epoch.Steps));
        Assert.Equal(Enumerable.Range(0, 15), result.Steps.Select(step => step.Step));
        Assert.True(result.Epochs[1].Seconds > 0);
    }

    [Fact]
    public void A_parameter_of_the_optimizer_alone_is_kept()
    {
        var options = new TraineeOptions { Optimizer = OptimizerWithTemperature };
        var expected = InOneGo(options);
        Interrupt(options, 6);

        var actual = Finish(options);

        Assert.Contains(expected.Keys, name => name.StartsWith("optimizer.0.", StringComparison.Ordinal));
        AssertEqual(expected, actual);
    }

    private static TorchSharp.torch.optim.Optimizer OptimizerWithTemperature(TorchSharp.torch.nn.Module model)
    {
        var temperature = new TorchSharp.Modules.Parameter(TorchSharp.torch.ones(1));
        return TorchSharp.torch.optim.SGD([.. model.parameters(), temperature], 0.05, momentum: 0.9);
    }

    private static int LastSaved(int everySteps, int diesAfter)
    {
        // The step after which it dies isn't saved any more.
        var epochs = diesAfter / Trainee.StepsPerEpoch * Trainee.StepsPerEpoch;
        return Math.Max(epochs, diesAfter / everySteps * everySteps);
    }

    private Dictionary<string, string> InOneGo(TraineeOptions options)
    {
        var folder = Path.Combine(_folder, "in-one-go");
        using var trainee = new Trainee(folder, options);
        var result = trainee.Run();
        Assert.Equal(TrainingOutcome.Finished, result.Outcome);
        return trainee.State(result);
    }

    private void Interrupt(TraineeOptions options, params int[] steps)
    {
        foreach (var (index, step) in steps.Index())
        {
            using var trainee = new Trainee(_folder, options) { InterruptAfter = step };
            var result = index == 0 ? trainee.Run() : trainee.Resume(_folder);
            Assert.Equal(step + 1, result.Steps.Count);
            Assert.Equal(step == 14 ? TrainingOutcome.Finished : TrainingOutcome.Interrupted, result.Outcome);
        }
    }

    private Dictionary<string, string> Finish(TraineeOptions options)
    {
        // Weights that are drawn anew must all be replaced.
        using var trainee = new Trainee(_folder, options with { WeightSeed = 77 });
        var result = trainee.Resume(_folder);
        Assert.Equal(TrainingOutcome.Finished, result.Outcome);
        return trainee.State(result);
    }

    private static void AssertEqual(Dictionary<string, string> expected, Dictionary<string, string> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (name, value) in expected)
            Assert.True(value == actual[name], $"{name} differs.");
    }

    private static void Fail(string message) => Assert.Fail(message);
}
