using ModelDsl;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionResNet;

/// <summary>The residual network of He et al. (2016) for small images: a stem, three stages of basic blocks, a linear head.</summary>
internal sealed class ResNet : nn.Module<Tensor, Tensor>, IModel
{
    private readonly NormalizationVariant variant;
    private readonly Conv2d stem;
    private readonly nn.Module<Tensor, Tensor> norm;
    private readonly Sequential stage1;
    private readonly Sequential stage2;
    private readonly Sequential stage3;
    private readonly Linear head;

    public ResNet(int depth, int width, int classes, Normalization normalization) : base(nameof(ResNet))
    {
        variant = normalization.Variant;
        var blocks = (depth - 2) / 6;
        stem = nn.Conv2d(1, width, 3, padding: 1, bias: false);
        norm = Norms.Create(normalization, width);
        stage1 = Stage(width, width, 1, blocks, normalization);
        stage2 = Stage(width, 2 * width, 2, blocks, normalization);
        stage3 = Stage(2 * width, 4 * width, 2, blocks, normalization);
        head = nn.Linear(4 * width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var a = stem.call(images);
        using var b = norm.call(a);
        using var c = nn.functional.relu(b, inplace: true);
        using var d = stage1.call(c);
        using var e = stage2.call(d);
        using var f = stage3.call(e);
        using var pooled = f.mean([2, 3]);
        return head.call(pooled);
    }

    public IReadOnlyList<NormalizationParameter> NormalizationParameters() =>
    [
        .. from module in named_modules()
           where module.module is BatchNorm2d or GroupNorm or InstanceNorm2d
           from own in module.module.named_parameters(recurse: false)
           select new NormalizationParameter($"{module.name}.{own.name}", own.parameter, module.name, variant),
    ];

    public IReadOnlyList<ITrackedNormalization> TrackedNormalizations() => [];

    private static Sequential Stage(int inChannels, int channels, int stride, int blocks, Normalization norm) => nn.Sequential(
        Enumerable.Range(0, blocks).Select(index =>
            ((string, nn.Module<Tensor, Tensor>))($"{index}", index == 0
                ? new BasicBlock(inChannels, channels, stride, norm)
                : new BasicBlock(channels, channels, 1, norm))));
}
