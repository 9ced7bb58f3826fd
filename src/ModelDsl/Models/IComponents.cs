using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The registries of a module, which <c>nn.Module</c> shows only to its own subclasses.</summary>
internal interface IComponents
{
    /// <summary>The module's own buffers, those included that are no part of the state dict, in order.</summary>
    IEnumerable<(string Name, Tensor Buffer, bool IsPersistent)> OwnBuffers { get; }

    /// <summary>Registers a parameter, in the place of one of that name.</summary>
    void Put(string name, Parameter parameter);

    /// <summary>Registers a buffer, in the place of one of that name.</summary>
    void Put(string name, Tensor buffer, bool isPersistent);
}
