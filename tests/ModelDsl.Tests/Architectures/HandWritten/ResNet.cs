using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class BasicBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1, conv2;
    private readonly BatchNorm2d bn1, bn2;
    private readonly Sequential? downsample;

    public BasicBlock(int inChannels, int channels, int stride)
        : base(nameof(BasicBlock))
    {
        conv1 = nn.Conv2d(inChannels, channels, 3, stride: stride, padding: 1, bias: false);
        bn1 = nn.BatchNorm2d(channels);
        conv2 = nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(channels);
        if (stride != 1 || inChannels != channels)
            downsample = nn.Sequential(
                nn.Conv2d(inChannels, channels, 1, stride: stride, bias: false),
                nn.BatchNorm2d(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var y = bn1.call(conv1.call(x)).relu_();
        y = bn2.call(conv2.call(y));
        return y.add_(downsample is null ? x : downsample.call(x)).relu_();
    }
}

internal sealed class Bottleneck : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1, conv2, conv3;
    private readonly BatchNorm2d bn1, bn2, bn3;
    private readonly Sequential? downsample;

    public Bottleneck(int inChannels, int channels, int stride)
        : base(nameof(Bottleneck))
    {
        conv1 = nn.Conv2d(inChannels, channels, 1, bias: false);
        bn1 = nn.BatchNorm2d(channels);
        conv2 = nn.Conv2d(channels, channels, 3, stride: stride, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(channels);
        conv3 = nn.Conv2d(channels, 4 * channels, 1, bias: false);
        bn3 = nn.BatchNorm2d(4 * channels);
        if (stride != 1 || inChannels != 4 * channels)
            downsample = nn.Sequential(
                nn.Conv2d(inChannels, 4 * channels, 1, stride: stride, bias: false),
                nn.BatchNorm2d(4 * channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var y = bn1.call(conv1.call(x)).relu_();
        y = bn2.call(conv2.call(y)).relu_();
        y = bn3.call(conv3.call(y));
        return y.add_(downsample is null ? x : downsample.call(x)).relu_();
    }
}

internal sealed class ResNet : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly MaxPool2d maxpool;
    private readonly Sequential layer1, layer2, layer3, layer4;
    private readonly Linear fc;

    public ResNet(bool bottleneck, int[] depths, int classes = 1000)
        : base(nameof(ResNet))
    {
        var channels = 64;
        conv1 = nn.Conv2d(3, channels, 7, stride: 2, padding: 3, bias: false);
        bn1 = nn.BatchNorm2d(channels);
        maxpool = nn.MaxPool2d(3, stride: 2, padding: 1);
        layer1 = Layer(bottleneck, ref channels, 64, depths[0], stride: 1);
        layer2 = Layer(bottleneck, ref channels, 128, depths[1], stride: 2);
        layer3 = Layer(bottleneck, ref channels, 256, depths[2], stride: 2);
        layer4 = Layer(bottleneck, ref channels, 512, depths[3], stride: 2);
        fc = nn.Linear(channels, classes);
        RegisterComponents();
        foreach (var module in modules())
        {
            if (module is Conv2d convolution)
                nn.init.kaiming_normal_(convolution.weight, mode: nn.init.FanInOut.FanOut);
        }
    }

    public override Tensor forward(Tensor x)
    {
        x = maxpool.call(bn1.call(conv1.call(x)).relu_());
        x = layer4.call(layer3.call(layer2.call(layer1.call(x))));
        return fc.call(x.mean([2, 3]));
    }

    private static Sequential Layer(bool bottleneck, ref int inChannels, int channels, int depth, int stride)
    {
        var blocks = new List<nn.Module<Tensor, Tensor>>();
        for (var index = 0; index < depth; index++)
        {
            var blockStride = index == 0 ? stride : 1;
            blocks.Add(bottleneck
                ? new Bottleneck(inChannels, channels, blockStride)
                : new BasicBlock(inChannels, channels, blockStride));
            inChannels = bottleneck ? 4 * channels : channels;
        }
        return nn.Sequential(blocks);
    }
}
