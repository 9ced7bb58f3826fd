using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>The inverted residual with a linear bottleneck of Sandler et al. (2018).</summary>
[Model, Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
public partial class InvertedResidual(int inChannels, int channels, int expansion, int stride = 1)
{
    [Stage(Name = "conv")]
    [Conv2d("inChannels * expansion", 1, Name = "0.0"), Norm(Name = "0.1"), ReLU6,
     DepthwiseConv2d(3, Stride = nameof(stride), Name = "1.0"), Norm(Name = "1.1"), ReLU6,
     Conv2d(nameof(channels), 1, Name = "2"), Norm(Name = "3"),
     Shortcut(When = "stride == 1 && inChannels == channels")]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}

/// <summary>MobileNetV2 of width 1.</summary>
[Model]
public partial class MobileNetV2(int classes = 1000, double dropout = 0.2)
{
    [Stage(Name = "features"), Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
    [Conv2d(32, 3, Stride = 2, Name = "0.0"), Norm(Name = "0.1"), ReLU6,
     DepthwiseConv2d(3, Name = "1.conv.0.0"), Norm(Name = "1.conv.0.1"), ReLU6,
     Conv2d(16, 1, Name = "1.conv.1"), Norm(Name = "1.conv.2"),
     Block<InvertedResidual>("channels: 24, expansion: 6, stride: index == 0 ? 2 : 1", Repeat = 2, Name = "{index + 2}"),
     Block<InvertedResidual>("channels: 32, expansion: 6, stride: index == 0 ? 2 : 1", Repeat = 3, Name = "{index + 4}"),
     Block<InvertedResidual>("channels: 64, expansion: 6, stride: index == 0 ? 2 : 1", Repeat = 4, Name = "{index + 7}"),
     Block<InvertedResidual>("channels: 96, expansion: 6", Repeat = 3, Name = "{index + 11}"),
     Block<InvertedResidual>("channels: 160, expansion: 6, stride: index == 0 ? 2 : 1", Repeat = 3, Name = "{index + 14}"),
     Block<InvertedResidual>("channels: 320, expansion: 6", Name = "17"),
     Conv2d(1280, 1, Name = "18.0"), Norm(Name = "18.1"), ReLU6, GlobalAvgPool]
    private partial Tensor Features([Shape("N, 3, H, W")] Tensor images);

    [Stage(Name = "classifier", Numbered = true), Initialization(Init.Normal, Deviation = 0.01, Bias = Init.Zeros)]
    [Dropout(nameof(dropout)), Linear(nameof(classes))]
    private partial Tensor Classify(Tensor x);
}
