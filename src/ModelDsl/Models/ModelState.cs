using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What every declared model does with parameters and buffers, whatever its number of inputs.</summary>
internal static class ModelState
{
    /// <summary>Parameters and buffers outlive the scope that the model is built in.</summary>
    public static void DetachFromScopes(nn.Module model)
    {
        foreach (var parameter in model.parameters())
            parameter.DetachFromDisposeScope();
        foreach (var buffer in model.buffers())
            buffer.DetachFromDisposeScope();
    }

    /// <summary>Depth first, per module parameters, then buffers: the order of PyTorch, which TorchSharp does not keep.</summary>
    public static Dictionary<string, Tensor> Collect(nn.Module module, Dictionary<string, Tensor> destination, string? prefix)
    {
        var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
        foreach (var (name, parameter) in module.named_parameters(recurse: false))
            destination.TryAdd(start + name, parameter);
        foreach (var (name, buffer) in module.named_buffers(recurse: false, include_nonpersistent: false))
            destination.TryAdd(start + name, buffer);
        foreach (var (name, child) in module.named_children())
            Collect(child, destination, start + name);
        return destination;
    }

    /// <summary>Moves the children; <paramref name="device"/> is null where only the type changes.</summary>
    public static void Move(nn.Module model, ScalarType? dtype, Device? device, bool nonBlocking)
    {
        foreach (var (_, child) in model.named_children())
        {
            if (device is null)
                child.to(dtype!.Value, nonBlocking);
            else if (dtype is null)
                child.to(device, nonBlocking);
            else
                child.to(device, dtype.Value, nonBlocking);
        }
    }
}
