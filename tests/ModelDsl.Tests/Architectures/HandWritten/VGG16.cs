using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class VGG16 : nn.Module<Tensor, Tensor>
{
    private readonly Sequential features;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Sequential classifier;

    public VGG16(int hidden = 4096, int classes = 1000, double dropout = 0.5)
        : base(nameof(VGG16))
    {
        var layers = new List<nn.Module<Tensor, Tensor>>();
        var inChannels = 3;
        foreach (var (depth, channels) in new[] { (2, 64), (2, 128), (3, 256), (3, 512), (3, 512) })
        {
            for (var index = 0; index < depth; index++)
            {
                layers.Add(nn.Conv2d(inChannels, channels, 3, padding: 1));
                layers.Add(nn.BatchNorm2d(channels));
                layers.Add(nn.ReLU(inplace: true));
                inChannels = channels;
            }
            layers.Add(nn.MaxPool2d(2));
        }
        features = nn.Sequential(layers);
        avgpool = nn.AdaptiveAvgPool2d(7);
        classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, hidden),
            nn.ReLU(inplace: true),
            nn.Dropout(dropout),
            nn.Linear(hidden, hidden),
            nn.ReLU(inplace: true),
            nn.Dropout(dropout),
            nn.Linear(hidden, classes));
        RegisterComponents();
        foreach (var module in modules())
        {
            if (module is Conv2d convolution)
            {
                nn.init.kaiming_normal_(convolution.weight, mode: nn.init.FanInOut.FanOut);
                nn.init.zeros_(convolution.bias!);
            }
            else if (module is Linear linear)
            {
                nn.init.normal_(linear.weight, 0, 0.01);
                nn.init.zeros_(linear.bias!);
            }
        }
    }

    public override Tensor forward(Tensor x)
    {
        x = avgpool.call(features.call(x));
        return classifier.call(x.flatten(1));
    }
}
