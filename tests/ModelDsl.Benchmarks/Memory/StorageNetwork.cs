namespace ModelDsl.Benchmarks.Memory;

/// <summary>A network whose tensor storage is measured.</summary>
public enum StorageNetwork
{
    /// <summary>Stages of several layers, as in a VGG.</summary>
    Chain,

    /// <summary>The same layers as repeated blocks.</summary>
    Units,

    /// <summary>Linear layers with LayerNorm, GELU and dropout.</summary>
    Perceptron,

    /// <summary>ResNet-20: <c>nn.Sequential</c> can express it only with blocks written by hand.</summary>
    ResNet,
}
