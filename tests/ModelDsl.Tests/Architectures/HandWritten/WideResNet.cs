using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class WideBlock : nn.Module<Tensor, Tensor>
{
    private readonly BatchNorm2d bn1, bn2;
    private readonly Conv2d conv1, conv2;
    private readonly Conv2d? convShortcut;

    public WideBlock(int inChannels, int channels, int stride)
        : base(nameof(WideBlock))
    {
        bn1 = nn.BatchNorm2d(inChannels);
        conv1 = nn.Conv2d(inChannels, channels, 3, stride: stride, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(channels);
        conv2 = nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        if (inChannels != channels)
            convShortcut = nn.Conv2d(inChannels, channels, 1, stride: stride, bias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var activated = bn1.call(x).relu_();
        var y = bn2.call(conv1.call(activated)).relu_();
        return conv2.call(y).add_(convShortcut is null ? x : convShortcut.call(activated));
    }
}

internal sealed class WideGroup : nn.Module<Tensor, Tensor>
{
    private readonly Sequential layer;

    public WideGroup(int inChannels, int channels, int depth, int stride)
        : base(nameof(WideGroup))
    {
        var blocks = new List<nn.Module<Tensor, Tensor>>();
        for (var index = 0; index < depth; index++)
            blocks.Add(new WideBlock(index == 0 ? inChannels : channels, channels, index == 0 ? stride : 1));
        layer = nn.Sequential(blocks);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => layer.call(x);
}

internal sealed class WideResNet : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly WideGroup block1, block2, block3;
    private readonly BatchNorm2d bn1;
    private readonly Linear fc;

    public WideResNet(int depth = 28, int width = 10, int classes = 10)
        : base(nameof(WideResNet))
    {
        var blocks = (depth - 4) / 6;
        conv1 = nn.Conv2d(3, 16, 3, padding: 1, bias: false);
        block1 = new WideGroup(16, 16 * width, blocks, stride: 1);
        block2 = new WideGroup(16 * width, 32 * width, blocks, stride: 2);
        block3 = new WideGroup(32 * width, 64 * width, blocks, stride: 2);
        bn1 = nn.BatchNorm2d(64 * width);
        fc = nn.Linear(64 * width, classes);
        RegisterComponents();
        foreach (var module in modules())
        {
            if (module is Conv2d convolution)
                nn.init.kaiming_normal_(convolution.weight, mode: nn.init.FanInOut.FanOut);
        }
        nn.init.zeros_(fc.bias!);
    }

    public override Tensor forward(Tensor x)
    {
        x = block3.call(block2.call(block1.call(conv1.call(x))));
        return fc.call(bn1.call(x).relu_().mean([2, 3]));
    }
}
