using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Workloads;

/// <summary>Gives two networks the same state, by order, and makes sure that they then compute the same.</summary>
internal static class Agreement
{
    private const double Tolerance = 1e-5;

    /// <summary>
    /// Copies the state of <paramref name="first"/> and compares the outputs, before and after one step of each.
    /// </summary>
    /// <exception cref="InvalidOperationException">The networks differ: their ratio would say nothing.</exception>
    public static void Ensure(Workload first, Workload second, ImageBatch batch)
    {
        TellNormsApart(first.Network);
        Copy(first.Network.parameters(), second.Network.parameters());
        Copy(first.Network.buffers(), second.Network.buffers());
        Compare(first.Network, second.Network, batch.Images);
        first.Step(batch);
        second.Step(batch);
        Compare(first.Network, second.Network, batch.Images);
    }

    /// <summary>All norms begin equal; after this a wrong order shows.</summary>
    private static void TellNormsApart(nn.Module network)
    {
        using var noGradients = no_grad();
        foreach (var parameter in network.parameters().Where(parameter => parameter.ndim == 1))
            nn.init.uniform_(parameter, 0.5, 1.5);
    }

    private static void Copy(IEnumerable<Tensor> source, IEnumerable<Tensor> target)
    {
        using var noGradients = no_grad();
        var (sources, targets) = (source.ToList(), target.ToList());
        if (sources.Count != targets.Count)
            throw new InvalidOperationException($"The networks have {sources.Count} and {targets.Count} tensors of state.");
        foreach (var (from, to) in sources.Zip(targets))
        {
            if (!from.shape.SequenceEqual(to.shape))
                throw new InvalidOperationException($"The shapes [{string.Join(", ", from.shape)}] and [{string.Join(", ", to.shape)}] differ.");
            to.copy_(from);
        }
    }

    private static void Compare(nn.Module<Tensor, Tensor> first, nn.Module<Tensor, Tensor> second, Tensor images)
    {
        using var scope = NewDisposeScope();
        var difference = (Output(first, images) - Output(second, images)).abs().max().item<float>();
        if (!(difference <= Tolerance))
            throw new InvalidOperationException($"The outputs differ by {difference:G3}; {Tolerance:G3} is allowed.");
    }

    private static Tensor Output(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        using var noGradients = no_grad();
        var wasTraining = network.training;
        network.eval();
        var output = network.call(images);
        network.train(wasTraining);
        return output;
    }
}
