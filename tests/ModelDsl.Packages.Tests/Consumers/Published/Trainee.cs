using ModelDsl.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Published;

/// <summary>A short training with Adam, whose moments a checkpoint must hold, in one go or interrupted and resumed.</summary>
internal sealed class Trainee
{
    private readonly CancellationTokenSource _interruption = new();
    private readonly TrainingLoop<LabeledBatch> _loop;

    private Trainee(string folder, int? interruptAfter)
    {
        random.manual_seed(3);
        var model = new Net(width: 8);
        var adam = optim.Adam(model.parameters(), 1e-2);
        var noise = new GradientNoiseMeter(model);
        _loop = new()
        {
            Model = model,
            Optimizer = adam,
            Examples = new Noise(),
            Step = new Classifier(model, ["dark", "bright"]) { AfterBackward = examples => noise.Observe(examples) }.DescendWith(adam),
            LearningRate = LearningRates.Constant(1e-2),
            Epochs = 2,
            BatchSize = 4,
            AfterStep = step => Interrupt(step.Step == interruptAfter),
            Checkpoints = new(folder) { EverySteps = 1 },
            GradientNoise = noise,
        };
    }

    /// <summary>Whether a training that is interrupted in its first epoch and resumed ends equal to the bit.</summary>
    public static bool ResumesToTheSame(string folder)
    {
        var whole = new Trainee(Path.Combine(folder, "whole"), interruptAfter: null);
        whole._loop.Run();
        var begun = new Trainee(Path.Combine(folder, "interrupted"), interruptAfter: 1);
        begun._loop.Run(begun._interruption.Token);
        var resumed = new Trainee(Path.Combine(folder, "interrupted"), interruptAfter: null);
        using var checkpoint = TrainingCheckpoint.Read(Path.Combine(folder, "interrupted"), Console.Error.WriteLine);
        resumed._loop.Resume(checkpoint);
        return checkpoint.Steps == 2 && whole.Parameters().SequenceEqual(resumed.Parameters());
    }

    private void Interrupt(bool isNow)
    {
        if (isNow)
            _interruption.Cancel();
    }

    private IEnumerable<float> Parameters() => _loop.Model.parameters().SelectMany(parameter => parameter.data<float>().ToArray());

    private sealed class Noise : IExamples<LabeledBatch>
    {
        public int Count => 12;

        public LabeledBatch Batch(ReadOnlySpan<int> indices, Random? augmentation)
        {
            var labels = tensor(indices.ToArray().Select(index => (long)index % 2).ToArray());
            return new(labels.reshape(-1, 1, 1, 1) + rand(indices.Length, 3, 32, 32), labels);
        }
    }
}
