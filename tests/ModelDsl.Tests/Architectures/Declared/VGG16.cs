using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>VGG-16 (Simonyan and Zisserman 2015) with BatchNorm; convolutions keep their biases, as torchvision's do.</summary>
[Model]
public partial class VGG16(int hidden = 4096, int classes = 1000, double dropout = 0.5)
{
    [Stage(Name = "features", Numbered = true), Initialization(Init.KaimingNormal, Fan = FanMode.Out, Bias = Init.Zeros)]
    [Conv2d(64, 3, Bias = true), Norm, ReLU,
     Conv2d(64, 3, Bias = true), Norm, ReLU, MaxPool2d(2),
     Conv2d(128, 3, Bias = true), Norm, ReLU,
     Conv2d(128, 3, Bias = true), Norm, ReLU, MaxPool2d(2),
     Conv2d(256, 3, Bias = true), Norm, ReLU,
     Conv2d(256, 3, Bias = true), Norm, ReLU,
     Conv2d(256, 3, Bias = true), Norm, ReLU, MaxPool2d(2),
     Conv2d(512, 3, Bias = true), Norm, ReLU,
     Conv2d(512, 3, Bias = true), Norm, ReLU,
     Conv2d(512, 3, Bias = true), Norm, ReLU, MaxPool2d(2),
     Conv2d(512, 3, Bias = true), Norm, ReLU,
     Conv2d(512, 3, Bias = true), Norm, ReLU,
     Conv2d(512, 3, Bias = true), Norm, ReLU, MaxPool2d(2), AdaptiveAvgPool2d(7), Flatten]
    private partial Tensor Features([Shape("N, 3, H, W")] Tensor images);

    [Stage(Name = "classifier", Numbered = true), Initialization(Init.Normal, Deviation = 0.01, Bias = Init.Zeros)]
    [Linear(nameof(hidden)), ReLU, Dropout(nameof(dropout)),
     Linear(nameof(hidden)), ReLU, Dropout(nameof(dropout)),
     Linear(nameof(classes))]
    private partial Tensor Classify(Tensor x);
}
