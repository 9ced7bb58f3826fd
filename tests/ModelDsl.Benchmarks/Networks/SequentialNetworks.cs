using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>The declared networks without shortcuts, each as one <c>nn.Sequential</c>.</summary>
internal static class SequentialNetworks
{
    private const double Dropped = 0.1;

    /// <summary>As <see cref="DeclaredChain"/> and <see cref="DeclaredUnits"/>.</summary>
    public static Module<Tensor, Tensor> Chain(int width, int classes) => Sequential(
    [
        .. Unit(3, width),
        .. Unit(width, width),
        .. Unit(width, width),
        .. Unit(width, width),
        MaxPool2d(2),
        .. Unit(width, 2 * width),
        .. Unit(2 * width, 2 * width),
        MaxPool2d(2),
        AdaptiveAvgPool2d(1),
        Flatten(),
        Linear(2 * width, classes),
    ]);

    /// <summary>As <see cref="DeclaredPerceptron"/>.</summary>
    public static Module<Tensor, Tensor> Perceptron(int width, int classes) => Sequential(
    [
        Flatten(),
        .. Hidden(3 * 32 * 32, width),
        .. Hidden(width, width),
        .. Hidden(width, width),
        Linear(width, classes),
    ]);

    private static Module<Tensor, Tensor>[] Unit(int inChannels, int channels) =>
        [Conv2d(inChannels, channels, 3, padding: 1, bias: false), BatchNorm2d(channels), ReLU(inplace: true)];

    private static Module<Tensor, Tensor>[] Hidden(int features, int width) =>
        [Linear(features, width), LayerNorm(width), GELU(), Dropout(Dropped)];
}
