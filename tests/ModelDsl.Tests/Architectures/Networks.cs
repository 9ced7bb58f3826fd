using TorchSharp;
using static TorchSharp.torch;
using ByHand = ModelDsl.Tests.Architectures.HandWritten;

namespace ModelDsl.Tests.Architectures;

/// <summary>The published networks by the name of their file in Published, declared and as a person writes them.</summary>
internal static class Networks
{
    private static readonly Dictionary<string, Func<nn.Module<Tensor, Tensor>>> ByHandOf = new()
    {
        ["resnet18"] = () => new ByHand.ResNet(bottleneck: false, [2, 2, 2, 2]),
        ["resnet34"] = () => new ByHand.ResNet(bottleneck: false, [3, 4, 6, 3]),
        ["resnet50"] = () => new ByHand.ResNet(bottleneck: true, [3, 4, 6, 3]),
        ["wrn_28_10"] = () => new ByHand.WideResNet(),
        ["resnext29_32x4d"] = () => new ByHand.ResNeXt(),
        ["vgg16_bn"] = () => new ByHand.VGG16(),
        ["mobilenet_v2"] = () => new ByHand.MobileNetV2(),
        ["convnext_tiny"] = () => new ByHand.ConvNeXt([3, 3, 9, 3], [96, 192, 384, 768]),
        ["densenet121"] = () => new ByHand.DenseNet([6, 12, 24, 16]),
        ["googlenet"] = () => new ByHand.GoogLeNet(),
        ["unet"] = () => new ByHand.UNet(),
        ["lenet5"] = () => new ByHand.LeNet5(),
        ["mixer_s16"] = () => new ByHand.MlpMixer(),
    };

    private static readonly Dictionary<string, Func<nn.Module<Tensor, Tensor>>> DeclaredOf = new()
    {
        ["resnet18"] = () => new Declared.ResNet([2, 2, 2, 2]),
        ["resnet34"] = () => new Declared.ResNet([3, 4, 6, 3]),
        ["resnet50"] = () => new Declared.BottleneckResNet([3, 4, 6, 3]),
        ["wrn_28_10"] = () => new Declared.WideResNet(),
        ["resnext29_32x4d"] = () => new Declared.ResNeXt(),
        ["vgg16_bn"] = () => new Declared.VGG16(),
        ["mobilenet_v2"] = () => new Declared.MobileNetV2(),
        ["densenet121"] = () => new Declared.DenseNet([6, 12, 24, 16]),
        ["googlenet"] = () => new Declared.GoogLeNet(),
        ["convnext_tiny"] = () => new Declared.ConvNeXt([3, 3, 9, 3], [96, 192, 384, 768]),
        ["mixer_s16"] = () => new Declared.MlpMixer(),
        ["unet"] = () => new Declared.UNet(),
        ["lenet5"] = () => new Declared.LeNet5(),
    };

    /// <summary>Every network of the kind that is given, small and without random layers: declared, by hand, input.</summary>
    private static readonly Dictionary<string, Pair> SmallOf = new()
    {
        ["resnet"] = new(
            () => new Declared.ResNet([1, 2, 1, 1], classes: 7),
            () => new ByHand.ResNet(bottleneck: false, [1, 2, 1, 1], classes: 7),
            [2, 3, 33, 47]),
        ["bottleneck"] = new(
            () => new Declared.BottleneckResNet([1, 2, 1, 1], classes: 7),
            () => new ByHand.ResNet(bottleneck: true, [1, 2, 1, 1], classes: 7),
            [2, 3, 33, 47]),
        ["wide"] = new(
            () => new Declared.WideResNet(depth: 16, width: 2, classes: 7),
            () => new ByHand.WideResNet(depth: 16, width: 2, classes: 7),
            [2, 3, 16, 18]),
        ["resnext"] = new(
            () => new Declared.ResNeXt(depth: 20, cardinality: 8, width: 2, classes: 7),
            () => new ByHand.ResNeXt(depth: 20, cardinality: 8, width: 2, classes: 7),
            [2, 3, 16, 18]),
        ["vgg"] = new(
            () => new Declared.VGG16(hidden: 16, classes: 7, dropout: 0),
            () => new ByHand.VGG16(hidden: 16, classes: 7, dropout: 0),
            [2, 3, 32, 48]),
        ["mobilenet"] = new(
            () => new Declared.MobileNetV2(classes: 7, dropout: 0),
            () => new ByHand.MobileNetV2(classes: 7, dropout: 0),
            [2, 3, 64, 48]),
        ["densenet"] = new(
            () => new Declared.DenseNet([2, 3, 1, 2], growth: 16, width: 24, classes: 7),
            () => new ByHand.DenseNet([2, 3, 1, 2], growth: 16, width: 24, classes: 7),
            [2, 3, 64, 48]),
        ["googlenet"] = new(
            () => new Declared.GoogLeNet(classes: 7, dropout: 0),
            () => new ByHand.GoogLeNet(classes: 7, dropout: 0),
            [2, 3, 47, 64]),
        ["convnext"] = new(
            () => new Declared.ConvNeXt([1, 1, 2, 1], [16, 24, 32, 40], classes: 7, dropPath: 0, layerScale: 0.5),
            () => new ByHand.ConvNeXt([1, 1, 2, 1], [16, 24, 32, 40], classes: 7, dropPath: 0, layerScale: 0.5),
            [2, 3, 64, 32]),
        ["mixer"] = new(
            () => new Declared.MlpMixer(image: 32, patch: 8, width: 48, depth: 2, classes: 7),
            () => new ByHand.MlpMixer(image: 32, patch: 8, width: 48, depth: 2, classes: 7),
            [2, 3, 32, 32]),
        ["vit"] = new(
            () => new Declared.VisionTransformer(image: 24, patch: 8, depth: 2, heads: 4, width: 48, hidden: 96, classes: 7),
            () => new ByHand.VisionTransformer(image: 24, patch: 8, depth: 2, heads: 4, width: 48, hidden: 96, classes: 7),
            [2, 3, 24, 24]),
        ["unet"] = new(
            () => new Declared.UNet(channels: 2, classes: 3, width: 8),
            () => new ByHand.UNet(channels: 2, classes: 3, width: 8),
            [2, 2, 32, 48]),
        ["lenet"] = new(
            () => new Declared.LeNet5(classes: 7),
            () => new ByHand.LeNet5(classes: 7),
            [2, 1, 32, 32]),
    };

    public static IEnumerable<string> Names => ByHandOf.Keys;

    public static IEnumerable<string> DeclaredNames => DeclaredOf.Keys;

    public static IEnumerable<string> SmallNames => SmallOf.Keys;

    public static nn.Module<Tensor, Tensor> HandWritten(string name) => ByHandOf[name]();

    public static nn.Module<Tensor, Tensor> Declare(string name) => DeclaredOf[name]();

    public static (nn.Module<Tensor, Tensor> Declared, nn.Module<Tensor, Tensor> ByHand, long[] Input) Small(string name) =>
        (SmallOf[name].Declared(), SmallOf[name].ByHand(), SmallOf[name].Input);

    private sealed record Pair(Func<nn.Module<Tensor, Tensor>> Declared, Func<nn.Module<Tensor, Tensor>> ByHand, long[] Input);
}
