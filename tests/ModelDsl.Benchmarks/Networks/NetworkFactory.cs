using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>Builds ResNet-20, 16 channels wide, for 3x32x32 images in any style.</summary>
internal static class NetworkFactory
{
    public const int Depth = 20;

    public const int Width = 16;

    public const int Classes = 10;

    public static nn.Module<Tensor, Tensor> Build(NetworkStyle style) => style switch
    {
        NetworkStyle.Declared => Declared(),
        NetworkStyle.Documented => new DocumentedResNet(Depth, Width, Classes),
        NetworkStyle.Sequential => SequentialResNet.Build(Depth, Width, Classes),
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, "No such style."),
    };

    /// <summary>The declared network with a normalization.</summary>
    public static DeclaredResNet Declared(Normalization norm = default) => new(Depth, Width, Classes, norm);
}
