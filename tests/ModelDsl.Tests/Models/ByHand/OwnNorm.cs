using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.ByHand;

/// <summary>A normalization whose type nobody knows, with a scale and a count of training passes.</summary>
internal sealed class OwnNorm : nn.Module<Tensor, Tensor>, ITrackedNormalization
{
    private readonly Parameter gamma = new(ones(3));
    private readonly Tensor passes = zeros(1);

    public OwnNorm()
        : base("OwnNorm") => RegisterComponents();

    public float Passes => passes.item<float>();

    public IReadOnlyList<Parameter> AffineParameters => [gamma];

    public bool IsTracking { get; set; } = true;

    public Tensor? TakePerExampleSquaredGradientNorms() => null;

    public override Tensor forward(Tensor input)
    {
        if (training)
            passes.add_(1);
        return input * gamma;
    }
}
