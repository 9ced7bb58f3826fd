using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

/// <summary>A block of <see cref="HandWrittenResNet"/>.</summary>
internal sealed class HandWrittenResNetBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1, conv2;
    private readonly BatchNorm2d bn1, bn2;
    private readonly Sequential? downsample;

    public HandWrittenResNetBlock(long inputs, long channels, long stride)
        : base("Block")
    {
        conv1 = nn.Conv2d(inputs, channels, 3, stride, 1, bias: false);
        bn1 = nn.BatchNorm2d(channels);
        conv2 = nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(channels);
        if (stride != 1)
            downsample = nn.Sequential(nn.Conv2d(inputs, channels, 1, stride, bias: false), nn.BatchNorm2d(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var shortcut = downsample is null ? input : downsample.call(input);
        return bn2.call(conv2.call(bn1.call(conv1.call(input)).relu())).add(shortcut).relu();
    }
}
