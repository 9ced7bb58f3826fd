using ModelDsl.Tests.Architectures.HandWritten;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures;

/// <summary>The published networks by the name of their file in Published.</summary>
internal static class Networks
{
    private static readonly Dictionary<string, Func<nn.Module<Tensor, Tensor>>> Constructions = new()
    {
        ["resnet18"] = () => new ResNet(bottleneck: false, [2, 2, 2, 2]),
        ["resnet34"] = () => new ResNet(bottleneck: false, [3, 4, 6, 3]),
        ["resnet50"] = () => new ResNet(bottleneck: true, [3, 4, 6, 3]),
        ["wrn_28_10"] = () => new WideResNet(),
        ["resnext29_32x4d"] = () => new ResNeXt(),
        ["vgg16_bn"] = () => new VGG16(),
        ["mobilenet_v2"] = () => new MobileNetV2(),
        ["convnext_tiny"] = () => new ConvNeXt([3, 3, 9, 3], [96, 192, 384, 768]),
        ["densenet121"] = () => new DenseNet([6, 12, 24, 16]),
        ["googlenet"] = () => new GoogLeNet(),
        ["unet"] = () => new UNet(),
        ["lenet5"] = () => new LeNet5(),
        ["mixer_s16"] = () => new MlpMixer(),
    };

    public static IEnumerable<string> Names => Constructions.Keys;

    public static nn.Module<Tensor, Tensor> HandWritten(string name) => Constructions[name]();
}
