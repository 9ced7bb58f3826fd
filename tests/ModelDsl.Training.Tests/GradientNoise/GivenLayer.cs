using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.GradientNoise;

/// <summary>A tracked layer of which a test says what it recorded.</summary>
internal sealed class GivenLayer : ITrackedNormalization
{
    private double[]? norms;

    public IReadOnlyList<Parameter> AffineParameters { get; } = [new(zeros(1, ScalarType.Float64))];

    public bool IsTracking { get; set; } = true;

    public void Record(double[] squaredNorms, double gradient)
    {
        norms = squaredNorms;
        using var value = tensor([gradient], dtype: ScalarType.Float64);
        AffineParameters[0].grad = value;
    }

    public Tensor? TakePerExampleSquaredGradientNorms()
    {
        var taken = norms is null ? null : tensor(norms, dtype: ScalarType.Float64);
        norms = null;
        return taken;
    }
}
