using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class DenseLayer : nn.Module<Tensor, Tensor>
{
    private readonly BatchNorm2d norm1, norm2;
    private readonly Conv2d conv1, conv2;

    public DenseLayer(int inChannels, int growth)
        : base(nameof(DenseLayer))
    {
        norm1 = nn.BatchNorm2d(inChannels);
        conv1 = nn.Conv2d(inChannels, 4 * growth, 1, bias: false);
        norm2 = nn.BatchNorm2d(4 * growth);
        conv2 = nn.Conv2d(4 * growth, growth, 3, padding: 1, bias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var y = conv1.call(norm1.call(x).relu_());
        y = conv2.call(norm2.call(y).relu_());
        return cat([x, y], 1);
    }
}

internal sealed class DenseNet : nn.Module<Tensor, Tensor>
{
    private readonly Sequential features;
    private readonly Linear classifier;

    public DenseNet(int[] depths, int growth = 32, int width = 64, int classes = 1000)
        : base(nameof(DenseNet))
    {
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>
        {
            ("conv0", nn.Conv2d(3, width, 7, stride: 2, padding: 3, bias: false)),
            ("norm0", nn.BatchNorm2d(width)),
            ("relu0", nn.ReLU(inplace: true)),
            ("pool0", nn.MaxPool2d(3, stride: 2, padding: 1)),
        };
        var channels = width;
        for (var stage = 0; stage < depths.Length; stage++)
        {
            if (stage > 0)
            {
                layers.Add(($"transition{stage}", Transition(channels, channels / 2)));
                channels /= 2;
            }
            layers.Add(($"denseblock{stage + 1}", DenseBlock(channels, depths[stage], growth)));
            channels += depths[stage] * growth;
        }
        layers.Add(("norm5", nn.BatchNorm2d(channels)));
        features = nn.Sequential(layers);
        classifier = nn.Linear(channels, classes);
        RegisterComponents();
        foreach (var module in modules())
        {
            if (module is Conv2d convolution)
                nn.init.kaiming_normal_(convolution.weight);
        }
        nn.init.zeros_(classifier.bias!);
    }

    public override Tensor forward(Tensor x) => classifier.call(features.call(x).relu_().mean([2, 3]));

    private static Sequential DenseBlock(int inChannels, int depth, int growth)
    {
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (var index = 0; index < depth; index++)
            layers.Add(($"denselayer{index + 1}", new DenseLayer(inChannels + index * growth, growth)));
        return nn.Sequential(layers);
    }

    private static Sequential Transition(int inChannels, int channels) =>
        nn.Sequential(
            ("norm", nn.BatchNorm2d(inChannels)),
            ("relu", nn.ReLU(inplace: true)),
            ("conv", nn.Conv2d(inChannels, channels, 1, bias: false)),
            ("pool", nn.AvgPool2d(2)));
}
