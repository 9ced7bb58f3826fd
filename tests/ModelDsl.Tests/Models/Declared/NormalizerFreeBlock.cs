using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>
/// A bottleneck of a normalizer-free ResNet (Brock, De and Smith 2021): y = shortcut + alpha f(beta relu(x)). Where channels or
/// positions change, the projection takes what is activated and scaled already.
/// </summary>
[Model]
public partial class NormalizerFreeBlock(
    int inChannels, int channels, double alpha, double beta, int stride = 1, Normalization norm = default)
{
    [Norm, ReLU, Multiply(nameof(beta)), Label("activated"),
     Conv2d("channels / 4", 1), Norm, ReLU, Conv2d("channels / 4", 3, Stride = nameof(stride)), Norm, ReLU, Conv2d(nameof(channels), 1),
     Shortcut(From = "activated", Downsample = Downsample.AveragePool, Scale = nameof(alpha), Name = "downsample",
         When = "stride != 1 || inChannels != channels"),
     Shortcut(Scale = nameof(alpha), When = "stride == 1 && inChannels == channels")]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}
