using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>VGG-16 of Simonyan and Zisserman (2015) with BatchNorm; its convolutions keep their biases, as torchvision's do.</summary>
[Model]
public partial class VGG16(int hidden = 4096, int classes = 1000, double dropout = 0.5)
{
    [Stage(Name = "features"), Initialization(Init.KaimingNormal, Fan = FanMode.Out, Bias = Init.Zeros)]
    [Conv2d(64, 3, Bias = true, Name = "0"), Norm(Name = "1"), ReLU,
     Conv2d(64, 3, Bias = true, Name = "3"), Norm(Name = "4"), ReLU, MaxPool2d(2),
     Conv2d(128, 3, Bias = true, Name = "7"), Norm(Name = "8"), ReLU,
     Conv2d(128, 3, Bias = true, Name = "10"), Norm(Name = "11"), ReLU, MaxPool2d(2),
     Conv2d(256, 3, Bias = true, Name = "14"), Norm(Name = "15"), ReLU,
     Conv2d(256, 3, Bias = true, Name = "17"), Norm(Name = "18"), ReLU,
     Conv2d(256, 3, Bias = true, Name = "20"), Norm(Name = "21"), ReLU, MaxPool2d(2),
     Conv2d(512, 3, Bias = true, Name = "24"), Norm(Name = "25"), ReLU,
     Conv2d(512, 3, Bias = true, Name = "27"), Norm(Name = "28"), ReLU,
     Conv2d(512, 3, Bias = true, Name = "30"), Norm(Name = "31"), ReLU, MaxPool2d(2),
     Conv2d(512, 3, Bias = true, Name = "34"), Norm(Name = "35"), ReLU,
     Conv2d(512, 3, Bias = true, Name = "37"), Norm(Name = "38"), ReLU,
     Conv2d(512, 3, Bias = true, Name = "40"), Norm(Name = "41"), ReLU, MaxPool2d(2), AdaptiveAvgPool2d(7), Flatten]
    private partial Tensor Features([Shape("N, 3, H, W")] Tensor images);

    [Stage(Name = "classifier"), Initialization(Init.Normal, Deviation = 0.01, Bias = Init.Zeros)]
    [Linear(nameof(hidden), Name = "0"), ReLU, Dropout(nameof(dropout)),
     Linear(nameof(hidden), Name = "3"), ReLU, Dropout(nameof(dropout)),
     Linear(nameof(classes), Name = "6")]
    private partial Tensor Classify(Tensor x);
}
