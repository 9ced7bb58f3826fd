using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What every declared model does with its state, whatever its number of inputs.</summary>
internal static class ModelState
{
    /// <summary>Parameters and buffers outlive the scope that the model is built or moved in.</summary>
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
}
