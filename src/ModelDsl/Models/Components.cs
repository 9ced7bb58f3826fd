using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What models and the levels of their names do with their registries.</summary>
internal static class Components
{
    /// <summary>The buffers of a registry, those included that are no part of the state dict.</summary>
    public static IEnumerable<(string Name, Tensor Buffer, bool IsPersistent)> Buffers(
        OrderedDict<string, (Tensor, bool)> registry) =>
        [.. from entry in (IList<(string, (Tensor, bool))>)registry select (entry.Item1, entry.Item2.Item1, entry.Item2.Item2)];

    /// <summary>
    /// A module's buffers, the own ones first. TorchSharp leaves out those that are no part of the state dict, whatever is
    /// asked: they would be left behind by scopes and by whoever saves and restores buffers.
    /// </summary>
    /// <param name="components">The module.</param>
    /// <param name="known">What TorchSharp lists.</param>
    /// <param name="recurse">Whether the buffers of nested modules are listed.</param>
    /// <param name="includeNonPersistent">Whether buffers are listed that are no part of the state dict.</param>
    public static IEnumerable<(string name, Tensor buffer)> NamedBuffers(
        IComponents components, IEnumerable<(string name, Tensor buffer)> known, bool recurse, bool includeNonPersistent)
    {
        var own = components.OwnBuffers.Where(entry => includeNonPersistent || entry.IsPersistent)
            .Select(entry => (entry.Name, entry.Buffer));
        // TorchSharp lists a tensor that is registered twice once.
        return (recurse ? own.Concat(known) : own).Where(entry => !entry.Item2.IsInvalid).DistinctBy(entry => entry.Item2.Handle);
    }

    /// <summary>The parameters, without those that repeat one under another name.</summary>
    public static IEnumerable<(string name, Parameter parameter)> NamedParameters(
        ModelCore core, IEnumerable<(string name, Parameter parameter)> known, bool recurse) =>
        recurse ? known.Where(entry => !core.IsTied(entry.parameter)) : known;

    /// <summary>Moves the nested modules; <paramref name="device"/> is null where only the type changes.</summary>
    public static void MoveChildren(nn.Module module, ScalarType? dtype, Device? device, bool nonBlocking)
    {
        foreach (var (_, child) in module.named_children())
        {
            if (device is null)
                child.to(dtype!.Value, nonBlocking);
            else if (dtype is null)
                child.to(device, nonBlocking);
            else
                child.to(device, dtype.Value, nonBlocking);
        }
    }

    /// <summary>The buffer at its destination: itself where it is there already, else a new one; the old one is freed.</summary>
    public static Tensor Moved(Tensor buffer, Destination destination)
    {
        var isConverted = is_floating_point(buffer) || is_complex(buffer);
        var type = isConverted ? destination.Type ?? buffer.dtype : buffer.dtype;
        var from = buffer.device;
        var to = destination.Device ?? from;
        if (type == buffer.dtype && to.type == from.type && to.index == from.index)
            return buffer;
        using var noGradients = no_grad();
        var moved = buffer.to(type, to).DetachFromDisposeScope();
        buffer.Dispose();
        return moved;
    }
}
