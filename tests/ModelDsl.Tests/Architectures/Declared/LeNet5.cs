using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>LeNet-5 (LeCun et al. 1998) with plain averages and every map connected to every map of the next layer.</summary>
[Model]
public partial class LeNet5(int classes = 10)
{
    [Conv2d(6, 5, Padding = 0, Name = "conv1"), Tanh, AvgPool2d(2),
     Conv2d(16, 5, Padding = 0, Name = "conv2"), Tanh, AvgPool2d(2), Flatten,
     Linear(120, Name = "fc1"), Tanh,
     Linear(84, Name = "fc2"), Tanh,
     Linear(nameof(classes), Name = "fc3")]
    public override partial Tensor forward([Shape("N, 1, 32, 32")] Tensor images);
}
