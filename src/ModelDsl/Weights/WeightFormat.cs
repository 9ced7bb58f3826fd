namespace ModelDsl;

/// <summary>The format of a file of weights, which its first bytes tell.</summary>
public enum WeightFormat
{
    /// <summary>One safetensors file.</summary>
    Safetensors,

    /// <summary>The JSON index of a model in several safetensors files.</summary>
    SafetensorsIndex,

    /// <summary>The zip archive that <c>torch.save</c> writes since PyTorch 1.6.</summary>
    PyTorch,
}
