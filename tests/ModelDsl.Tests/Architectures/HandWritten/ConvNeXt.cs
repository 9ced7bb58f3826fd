using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class LayerNorm2d : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    public LayerNorm2d(int channels)
        : base(nameof(LayerNorm2d))
    {
        weight = new Parameter(ones(channels));
        bias = new Parameter(zeros(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var last = x.permute(0, 2, 3, 1);
        return nn.functional.layer_norm(last, weight.shape, weight, bias, 1e-6).permute(0, 3, 1, 2);
    }
}

internal sealed class Permute(params long[] axes) : nn.Module<Tensor, Tensor>(nameof(Permute))
{
    public override Tensor forward(Tensor x) => x.permute(axes);
}

internal sealed class StochasticDepth(double probability) : nn.Module<Tensor, Tensor>(nameof(StochasticDepth))
{
    public override Tensor forward(Tensor x)
    {
        if (!training || probability == 0)
            return x.alias();
        var survival = 1 - probability;
        var shape = Enumerable.Repeat(1L, (int)x.dim()).ToArray();
        shape[0] = x.shape[0];
        var kept = empty(shape, dtype: x.dtype, device: x.device).bernoulli_(survival).div_(survival);
        return x * kept;
    }
}

internal sealed class ConvNeXtBlock : nn.Module<Tensor, Tensor>
{
    private readonly Parameter layer_scale;
    private readonly Sequential block;
    private readonly StochasticDepth stochastic_depth;

    public ConvNeXtBlock(int channels, double layerScale, double dropPath)
        : base(nameof(ConvNeXtBlock))
    {
        layer_scale = new Parameter(full([channels, 1, 1], layerScale));
        block = nn.Sequential(
            nn.Conv2d(channels, channels, 7, padding: 3, groups: channels),
            new Permute(0, 2, 3, 1),
            nn.LayerNorm(channels, eps: 1e-6),
            nn.Linear(channels, 4 * channels),
            nn.GELU(),
            nn.Linear(4 * channels, channels),
            new Permute(0, 3, 1, 2));
        stochastic_depth = new StochasticDepth(dropPath);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => stochastic_depth.call(layer_scale * block.call(x)).add(x);
}

internal sealed class ConvNeXt : nn.Module<Tensor, Tensor>
{
    private readonly Sequential features;
    private readonly Sequential classifier;

    public ConvNeXt(int[] depths, int[] widths, int classes = 1000, double dropPath = 0.1, double layerScale = 1e-6)
        : base(nameof(ConvNeXt))
    {
        var layers = new List<nn.Module<Tensor, Tensor>>
        {
            nn.Sequential(nn.Conv2d(3, widths[0], 4, stride: 4), new LayerNorm2d(widths[0])),
        };
        var block = 0;
        for (var stage = 0; stage < depths.Length; stage++)
        {
            if (stage > 0)
                layers.Add(nn.Sequential(
                    new LayerNorm2d(widths[stage - 1]),
                    nn.Conv2d(widths[stage - 1], widths[stage], 2, stride: 2)));
            var blocks = new List<nn.Module<Tensor, Tensor>>();
            for (var index = 0; index < depths[stage]; index++, block++)
                blocks.Add(new ConvNeXtBlock(widths[stage], layerScale, dropPath * block / (depths.Sum() - 1)));
            layers.Add(nn.Sequential(blocks));
        }
        features = nn.Sequential(layers);
        classifier = nn.Sequential(new LayerNorm2d(widths[^1]), nn.Flatten(), nn.Linear(widths[^1], classes));
        RegisterComponents();
        foreach (var (name, parameter) in named_parameters())
        {
            if (name.EndsWith("bias"))
                nn.init.zeros_(parameter);
            else if (parameter.dim() is 2 or 4)
                nn.init.normal_(parameter, 0, 0.02);
        }
    }

    public override Tensor forward(Tensor x) => classifier.call(features.call(x).mean([2, 3], keepdim: true));
}
