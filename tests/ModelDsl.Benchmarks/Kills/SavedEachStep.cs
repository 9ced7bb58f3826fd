using System.Security.Cryptography;
using ModelDsl.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Kills;

/// <summary>A training of a small network that does little else than to write a checkpoint after every step.</summary>
internal sealed class SavedEachStep : IDisposable
{
    /// <summary>So many that no process that is to be killed comes to the end.</summary>
    public const int Steps = Epochs * StepsPerEpoch;

    private const int Epochs = 500;
    private const int StepsPerEpoch = 32;
    private const int Hidden = 512;

    private readonly Sequential _model;
    private readonly SGD _sgd;

    public SavedEachStep()
    {
        // One thread adds up in one order.
        set_num_threads(1);
        random.manual_seed(1);
        _model = nn.Sequential(nn.Linear(Points.Axes, Hidden), nn.ReLU(), nn.Dropout(0.1), nn.Linear(Hidden, 2));
        _sgd = optim.SGD(_model.parameters(), 0.01, momentum: 0.9);
    }

    /// <summary>The checksum of the weights.</summary>
    public string Weights
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var parameter in _model.parameters())
                hash.AppendData(parameter.bytes);
            return Convert.ToHexString(hash.GetHashAndReset());
        }
    }

    public TrainingLoop<LabeledBatch> Loop(TrainingCheckpoints? checkpoints, Action<StepRecord> afterStep) => new()
    {
        Model = _model,
        Optimizer = _sgd,
        Examples = new Points(),
        Step = new Classifier(_model, ["even", "odd"]).DescendWith(_sgd),
        LearningRate = LearningRates.Constant(0.01),
        Epochs = Epochs,
        BatchSize = 2,
        Checkpoints = checkpoints,
        AfterStep = afterStep,
    };

    public void Load(TrainingCheckpoint checkpoint) => checkpoint.LoadModel(_model);

    public void Dispose()
    {
        _sgd.Dispose();
        _model.Dispose();
    }
}
