using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class ResNeXtBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1, conv2, conv3;
    private readonly BatchNorm2d bn1, bn2, bn3;
    private readonly Sequential? shortcut;

    public ResNeXtBlock(int inChannels, int cardinality, int width, int stride)
        : base(nameof(ResNeXtBlock))
    {
        var channels = cardinality * width;
        conv1 = nn.Conv2d(inChannels, channels, 1, bias: false);
        bn1 = nn.BatchNorm2d(channels);
        conv2 = nn.Conv2d(channels, channels, 3, stride: stride, padding: 1, groups: cardinality, bias: false);
        bn2 = nn.BatchNorm2d(channels);
        conv3 = nn.Conv2d(channels, 2 * channels, 1, bias: false);
        bn3 = nn.BatchNorm2d(2 * channels);
        if (stride != 1 || inChannels != 2 * channels)
            shortcut = nn.Sequential(
                nn.Conv2d(inChannels, 2 * channels, 1, stride: stride, bias: false),
                nn.BatchNorm2d(2 * channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var y = bn1.call(conv1.call(x)).relu_();
        y = bn2.call(conv2.call(y)).relu_();
        y = bn3.call(conv3.call(y));
        return y.add_(shortcut is null ? x : shortcut.call(x)).relu_();
    }
}

internal sealed class ResNeXt : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1, layer2, layer3;
    private readonly Linear linear;

    public ResNeXt(int depth = 29, int cardinality = 32, int width = 4, int classes = 10)
        : base(nameof(ResNeXt))
    {
        var channels = 64;
        conv1 = nn.Conv2d(3, channels, 1, bias: false);
        bn1 = nn.BatchNorm2d(channels);
        var blocks = (depth - 2) / 9;
        layer1 = Layer(ref channels, blocks, cardinality, width, stride: 1);
        layer2 = Layer(ref channels, blocks, cardinality, 2 * width, stride: 2);
        layer3 = Layer(ref channels, blocks, cardinality, 4 * width, stride: 2);
        linear = nn.Linear(channels, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = bn1.call(conv1.call(x)).relu_();
        x = layer3.call(layer2.call(layer1.call(x)));
        return linear.call(x.mean([2, 3]));
    }

    private static Sequential Layer(ref int inChannels, int depth, int cardinality, int width, int stride)
    {
        var blocks = new List<nn.Module<Tensor, Tensor>>();
        for (var index = 0; index < depth; index++)
        {
            blocks.Add(new ResNeXtBlock(inChannels, cardinality, width, index == 0 ? stride : 1));
            inChannels = 2 * cardinality * width;
        }
        return nn.Sequential(blocks);
    }
}
