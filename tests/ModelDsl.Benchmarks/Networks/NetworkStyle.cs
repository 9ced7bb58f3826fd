namespace ModelDsl.Benchmarks.Networks;

/// <summary>How the same ResNet-20 is written.</summary>
public enum NetworkStyle
{
    /// <summary>Declared with attributes.</summary>
    Declared,

    /// <summary>By hand as TorchSharp's documentation teaches: fields, RegisterComponents, plain operations.</summary>
    Documented,

    /// <summary>By hand as <c>nn.Sequential</c>, in place where TorchSharp's examples are.</summary>
    Sequential,
}
