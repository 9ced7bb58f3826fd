using ModelDsl.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelApp._1;

/// <summary>Trains a network with SAM-ON: each step is judged at the worst neighbour of the normalization parameters.</summary>
public sealed class BarTraining : IDisposable
{
    private readonly BarNet _model;
    private readonly optim.Optimizer _sgd;
    private readonly SharpnessAwareMinimizer _sam;
    private readonly GradientNoiseMeter _noise;

    public BarTraining(BarNet model)
    {
        _model = model;
        _sgd = optim.SGD(model.parameters(), 0.2, momentum: 0.9);
        _sam = new SharpnessAwareMinimizer(model, _sgd, rho: 0.2, PerturbationScope.NormalizationOnly);
        _noise = new GradientNoiseMeter(model);
    }

    /// <summary>What SAM-ON perturbs, by name.</summary>
    public IReadOnlyList<string> Perturbed => _sam.PerturbedParameters;

    /// <summary>The gradient noise scale in examples; null while undetermined.</summary>
    public double? NoiseScale => _noise.Estimator.Scale;

    /// <summary>One step on a batch; returns the loss before it.</summary>
    public double Step(Tensor images, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return _sam.Step(() =>
        {
            var loss = nn.functional.cross_entropy(_model.call(images), labels);
            loss.backward();
            _noise.Observe(images.shape[0]);
            return loss;
        }).Loss;
    }

    /// <summary>The share of images that the network gets right.</summary>
    public double Accuracy(Tensor images, Tensor labels)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        return _model.call(images).argmax(1).eq(labels).to(ScalarType.Float64).mean().ToDouble();
    }

    public void Dispose() => _sgd.Dispose();
}
