using ModelDsl.Benchmarks.Networks;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>Builds the networks whose storage is measured, declared or as <c>nn.Sequential</c>.</summary>
internal static class StorageNetworks
{
    private const int Channels = 32;
    private const int Features = 1024;

    public static nn.Module<Tensor, Tensor> Build(StorageNetwork network, bool isDeclared) => (network, isDeclared) switch
    {
        (StorageNetwork.Chain, true) => new DeclaredChain(Channels, NetworkFactory.Classes),
        (StorageNetwork.Units, true) => new DeclaredUnits(Channels, NetworkFactory.Classes),
        (StorageNetwork.Perceptron, true) => new DeclaredPerceptron(Features, NetworkFactory.Classes),
        (StorageNetwork.Chain or StorageNetwork.Units, false) => SequentialNetworks.Chain(Channels, NetworkFactory.Classes),
        (StorageNetwork.Perceptron, false) => SequentialNetworks.Perceptron(Features, NetworkFactory.Classes),
        (StorageNetwork.ResNet, _) =>
            NetworkFactory.Build(isDeclared ? NetworkStyle.Declared : NetworkStyle.Sequential),
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "No such network."),
    };
}
