using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class InvertedResidual : nn.Module<Tensor, Tensor>
{
    private readonly Sequential conv;
    private readonly bool hasShortcut;

    public InvertedResidual(int inChannels, int channels, int stride, int expansion)
        : base(nameof(InvertedResidual))
    {
        var hidden = inChannels * expansion;
        var layers = new List<nn.Module<Tensor, Tensor>>();
        if (expansion != 1)
            layers.Add(ConvNormReLU6(inChannels, hidden, kernelSize: 1));
        layers.Add(ConvNormReLU6(hidden, hidden, stride: stride, groups: hidden));
        layers.Add(nn.Conv2d(hidden, channels, 1, bias: false));
        layers.Add(nn.BatchNorm2d(channels));
        conv = nn.Sequential(layers);
        hasShortcut = stride == 1 && inChannels == channels;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => hasShortcut ? conv.call(x).add_(x) : conv.call(x);

    internal static Sequential ConvNormReLU6(int inChannels, int channels, int kernelSize = 3, int stride = 1, int groups = 1) =>
        nn.Sequential(
            nn.Conv2d(inChannels, channels, kernelSize, stride: stride, padding: kernelSize / 2, groups: groups, bias: false),
            nn.BatchNorm2d(channels),
            nn.ReLU6(inplace: true));
}

internal sealed class MobileNetV2 : nn.Module<Tensor, Tensor>
{
    private static readonly (int Expansion, int Channels, int Depth, int Stride)[] Stages =
    [
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ];

    private readonly Sequential features;
    private readonly Sequential classifier;

    public MobileNetV2(int classes = 1000, double dropout = 0.2)
        : base(nameof(MobileNetV2))
    {
        var inChannels = 32;
        var layers = new List<nn.Module<Tensor, Tensor>> { InvertedResidual.ConvNormReLU6(3, inChannels, stride: 2) };
        foreach (var (expansion, channels, depth, stride) in Stages)
        {
            for (var index = 0; index < depth; index++)
            {
                layers.Add(new InvertedResidual(inChannels, channels, index == 0 ? stride : 1, expansion));
                inChannels = channels;
            }
        }
        layers.Add(InvertedResidual.ConvNormReLU6(inChannels, 1280, kernelSize: 1));
        features = nn.Sequential(layers);
        classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(1280, classes));
        RegisterComponents();
        foreach (var module in modules())
        {
            if (module is Conv2d convolution)
                nn.init.kaiming_normal_(convolution.weight, mode: nn.init.FanInOut.FanOut);
            else if (module is Linear linear)
            {
                nn.init.normal_(linear.weight, 0, 0.01);
                nn.init.zeros_(linear.bias!);
            }
        }
    }

    public override Tensor forward(Tensor x) => classifier.call(features.call(x).mean([2, 3]));
}
