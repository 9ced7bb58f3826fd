using ModelDsl.Benchmarks.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Workloads;

/// <summary>
/// A network and the step that is measured. The step is the same code for every style, with one <c>DisposeScope</c> round it, as
/// TorchSharp's documentation teaches: only the networks differ.
/// </summary>
internal sealed class Workload : IDisposable
{
    // Small, so that the loss of a long comparison doesn't fall into denormal numbers.
    private const double LearningRate = 1e-4;

    private readonly StepKind _kind;
    private readonly SGD _optimizer;

    public Workload(NetworkStyle style, StepKind kind)
        : this(NetworkFactory.Build(style), kind)
    {
    }

    public Workload(nn.Module<Tensor, Tensor> network, StepKind kind)
    {
        _kind = kind;
        Network = network;
        _optimizer = optim.SGD(Network.parameters(), LearningRate, momentum: 0.9);
        Network.train(kind == StepKind.Training);
    }

    public nn.Module<Tensor, Tensor> Network { get; }

    public void Step(ImageBatch batch)
    {
        if (_kind == StepKind.Training)
            Train(batch);
        else
            Infer(batch);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        Network.Dispose();
    }

    private void Train(ImageBatch batch)
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var output = Network.call(batch.Images);
        var loss = nn.functional.cross_entropy(output, batch.Labels);
        loss.backward();
        _optimizer.step();
    }

    private void Infer(ImageBatch batch)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Network.call(batch.Images);
    }
}
