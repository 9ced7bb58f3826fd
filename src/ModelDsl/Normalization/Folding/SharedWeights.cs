using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Which weights are the memory of several parameters: tied ones.</summary>
internal sealed class SharedWeights
{
    private readonly Dictionary<nint, int> _uses;

    public SharedWeights(ModulePlaces places) =>
        _uses = places.Modules
            .SelectMany(module => module.parameters(recurse: false))
            .Where(parameter => !parameter.IsInvalid)
            .CountBy(Address)
            .ToDictionary();

    /// <summary>Whether a parameter's memory is that of another one, too.</summary>
    public bool Contains(Tensor parameter) => _uses.GetValueOrDefault(Address(parameter)) > 1;

    /// <summary>The memory, whatever the handle; TorchSharp shows it of no other types.</summary>
    private static nint Address(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.dtype switch
        {
            ScalarType.Float32 => tensor.storage<float>().data_ptr(),
            ScalarType.Float64 => tensor.storage<double>().data_ptr(),
            _ => tensor.Handle,
        };
    }
}
