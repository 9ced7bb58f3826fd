using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Training.Tests.GradientNoise;

/// <summary>Convolution, GroupNorm, pooling, Linear, LayerNorm, Linear in float64, written by hand.</summary>
internal sealed class TrackedNetwork : nn.Module<Tensor, Tensor>, IModel
{
    private readonly Conv2d stem = nn.Conv2d(1, 4, 3, padding: 1);
    private readonly TrackedGroupNorm stem_norm = NormalizationLayers.TrackedGroupNorm("Net.Stem", 4, groups: 2);
    private readonly Linear mix = nn.Linear(4, 5);
    private readonly TrackedLayerNorm mix_norm = NormalizationLayers.TrackedLayerNorm("Net.Mix", 5);
    private readonly Linear head = nn.Linear(5, 3);

    public TrackedNetwork()
        : base(nameof(TrackedNetwork))
    {
        RegisterComponents();
        this.to(ScalarType.Float64);
        using var noGrad = no_grad();
        using var generator = new Generator(7);
        foreach (var parameter in parameters())
        {
            using var values = randn(parameter.shape, dtype: ScalarType.Float64, generator: generator);
            parameter.copy_(values);
        }
    }

    public IReadOnlyList<ITrackedNormalization> Layers => [stem_norm, mix_norm];

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var features = F.relu(stem_norm.call(stem.call(images))).mean([2, 3]);
        return head.call(mix_norm.call(mix.call(features))).MoveToOuterDisposeScope();
    }

    public IReadOnlyList<ITrackedNormalization> TrackedNormalizations() => Layers;

    public IReadOnlyList<NormalizationParameter> NormalizationParameters() =>
    [
        new("stem_norm.weight", stem_norm.weight, "stem_norm", NormalizationVariant.Group),
        new("stem_norm.bias", stem_norm.bias, "stem_norm", NormalizationVariant.Group),
        new("mix_norm.weight", mix_norm.weight, "mix_norm", NormalizationVariant.Layer),
        new("mix_norm.bias", mix_norm.bias, "mix_norm", NormalizationVariant.Layer),
    ];

    public ModelSummary Summary(params long[] inputShape) => throw new NotSupportedException();

    public IReadOnlyList<StageDescription> DescribeStages() => throw new NotSupportedException();
}
