using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Training.Tests.Sharpness;

/// <summary>BatchNorm that notes for each forward pass whether it would have been recorded.</summary>
internal sealed class TrackedNorm : Module<Tensor, Tensor>, ITrackedNormalization
{
    private readonly BatchNorm2d norm;
    private readonly List<bool> _passes = [];

    public TrackedNorm(long channels) : base(nameof(TrackedNorm))
    {
        norm = BatchNorm2d(channels);
        RegisterComponents();
    }

    public bool IsTracking { get; set; } = true;

    public IReadOnlyList<Parameter> AffineParameters => [norm.weight!, norm.bias!];

    public IReadOnlyList<bool> Passes => _passes;

    public override Tensor forward(Tensor input)
    {
        _passes.Add(IsTracking);
        return norm.call(input);
    }

    public Tensor? TakePerExampleSquaredGradientNorms() => null;
}
