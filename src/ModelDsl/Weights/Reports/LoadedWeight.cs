using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A parameter or buffer and the tensor of the file that it was given.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Source">The tensor's name in the file.</param>
/// <param name="FileType">The type of the values in the file.</param>
/// <param name="Type">The type of the values in the model.</param>
public sealed record LoadedWeight(string Name, string Source, ScalarType FileType, ScalarType Type)
{
    /// <summary>Whether the values were converted, for instance from float16 to float32.</summary>
    public bool IsConverted => FileType != Type;
}
