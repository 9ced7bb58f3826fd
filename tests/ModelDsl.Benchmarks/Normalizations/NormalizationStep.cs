using ModelDsl.Benchmarks.Networks;
using ModelDsl.Benchmarks.Workloads;
using ModelDsl.Kernels;

namespace ModelDsl.Benchmarks.Normalizations;

/// <summary>A training step of the declared network with a normalization, by kernels or by libtorch's operations.</summary>
/// <param name="norm">The normalization.</param>
/// <param name="isFused">Whether layers use their kernels.</param>
internal sealed class NormalizationStep(Normalization norm, bool isFused = true) : IDisposable
{
    private readonly Workload _workload = new(NetworkFactory.Declared(norm), StepKind.Training);

    public void Run(ImageBatch batch)
    {
        FusedKernels.IsEnabled = isFused;
        _workload.Step(batch);
        foreach (var layer in _workload.Network.modules().OfType<ITrackedNormalization>())
            layer.TakePerExampleSquaredGradientNorms()?.Dispose();
    }

    public void Dispose() => _workload.Dispose();
}
