using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The few names that a state dict's pickle may mention. They stand for nothing that could be executed.</summary>
/// <param name="Name">Module and name.</param>
/// <param name="Storage">The type of values, of a class of storages.</param>
internal sealed record PickleGlobal(string Name, ScalarType? Storage = null)
{
    public static readonly PickleGlobal OrderedDictionary = new("collections.OrderedDict");

    public static readonly PickleGlobal Tensor = new("torch._utils._rebuild_tensor_v2");

    public static readonly PickleGlobal Parameter = new("torch._utils._rebuild_parameter");

    /// <summary>Null where it is any other.</summary>
    public static PickleGlobal? Find(string module, string name)
    {
        if (module == "torch" && WeightTypes.OfStorage(name) is { } type)
            return new($"{module}.{name}", type);
        PickleGlobal[] known = [OrderedDictionary, Tensor, Parameter];
        return known.FirstOrDefault(global => global.Name == $"{module}.{name}");
    }
}
