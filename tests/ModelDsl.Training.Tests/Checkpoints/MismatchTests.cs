using ModelDsl.Training.Tests.Sharpness;
using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Checkpoints;

/// <summary>A checkpoint of another training is refused in one line, and nothing is touched.</summary>
[Collection(TorchGenerator.Name)]
public sealed class MismatchTests : IDisposable
{
    private static readonly TraineeOptions s_saved = new()
    {
        LearningRate = LearningRates.Constant(0.05),
        Names = new Dictionary<string, string> { ["norm"] = "group" },
    };

    private static readonly Dictionary<string, TraineeOptions> s_others = new()
    {
        ["'stem.conv.weight' is Float32 [4, 1, 3, 3] in it and Float32 [8, 1, 3, 3] in the model"] = s_saved with { Width = 8 },
        ["the seed is 3 in it and 4 here"] = s_saved with { Seed = 4 },
        ["the batch size is 8 in it and 6 here"] = s_saved with { BatchSize = 6 },
        ["the number of epochs is 3 in it and 4 here"] = s_saved with { Epochs = 4 },
        ["the number of training examples is 42 in it and 40 here"] = s_saved with { Examples = 40 },
        ["its optimizer is SGD, and here it is AdamW"] = s_saved with { Optimizer = Optimizers.AdamW },
        ["its optimizer has 2 groups of parameters, and here it has 1"] =
            s_saved with { Optimizer = Optimizers.Of("SGD without momentum") },
        ["weight_decay of the group with 'stem.conv.weight' is 0.0005 in it and 0.01 in the optimizer"] =
            s_saved with { Optimizer = WithDecay },
        ["no group of its optimizer has the parameters of the group with 'stem.conv.weight' here"] =
            s_saved with { Optimizer = WithOtherGroups },
        ["it has measurements of the gradient noise, which isn't measured here"] = s_saved with { Measures = false },
        ["norm is group in it and batch here"] =
            s_saved with { Names = new Dictionary<string, string> { ["norm"] = "batch" } },
        ["depth is unset in it and 8 here"] =
            s_saved with { Names = new Dictionary<string, string> { ["norm"] = "group", ["depth"] = "8" } },
        ["is 0.05 in it and 0.1 by the schedule here"] = s_saved with { LearningRate = LearningRates.Constant(0.1) },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string> Messages => [.. s_others.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Messages))]
    public void Another_training_is_refused_and_nothing_is_touched(string message)
    {
        Interrupt(s_saved);
        var files = Contents();
        using var trainee = new Trainee(_folder, s_others[message]);
        var weights = trainee.Model.Bits();

        var error = Assert.Throws<InvalidDataException>(() => trainee.Resume(_folder));

        Assert.Contains(" is of another training: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(weights, trainee.Model.Bits());
        Assert.Equal(files, Contents());
    }

    /// <summary>The near miss: what is the same is not refused.</summary>
    [Fact]
    public void The_same_training_is_not_refused()
    {
        Interrupt(s_saved);
        using var trainee = new Trainee(_folder, s_saved with { EverySteps = 4 });

        Assert.Equal(TrainingOutcome.Finished, trainee.Resume(_folder).Outcome);
    }

    [Fact]
    public void An_optimizer_without_readable_state_is_refused_before_the_training()
    {
        using var trainee = new Trainee(
            _folder, new() { Measures = false, Optimizer = model => optim.LBFGS(model.parameters(), lr: 0.1) });

        var error = Assert.Throws<NotSupportedException>(() => trainee.Run());

        Assert.StartsWith("LBFGS keeps its state in native code", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Only_the_last_two_checkpoints_stay_and_those_of_another_training_go()
    {
        File.WriteAllBytes(Path.Combine(_folder, "step-000000999.checkpoint"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(_folder, "step-000000999.checkpoint.0123.tmp"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(_folder, "step-notes.checkpoint"), [1, 2, 3]);
        using var trainee = new Trainee(_folder, new() { EverySteps = 2 });

        trainee.Run();

        Assert.Equal(
            ["step-000000014.checkpoint", "step-000000015.checkpoint", "step-notes.checkpoint"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    private static optim.Optimizer WithDecay(nn.Module model)
    {
        var optimizer = Optimizers.Sgd(model);
        var options = (TorchSharp.Modules.SGD.Options)((TorchSharp.Modules.ParamGroup)optimizer.ParamGroups.First()).Options;
        options.weight_decay = 0.01;
        return optimizer;
    }

    private static optim.Optimizer WithOtherGroups(nn.Module model) => new TorchSharp.Modules.SGD(
        [
            new TorchSharp.Modules.SGD.ParamGroup(model.parameters().Where(parameter => parameter.ndim > 2), 0.05, momentum: 0.9),
            new TorchSharp.Modules.SGD.ParamGroup(model.parameters().Where(parameter => parameter.ndim <= 2), 0.05, momentum: 0.9),
        ],
        0.05);

    private void Interrupt(TraineeOptions options)
    {
        using var trainee = new Trainee(_folder, options) { InterruptAfter = 6 };
        Assert.Equal(TrainingOutcome.Interrupted, trainee.Run().Outcome);
    }

    private Dictionary<string, string> Contents() =>
        Directory.GetFiles(_folder).ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));
}
