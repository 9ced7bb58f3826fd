using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// A level in the names of the state dict: what <c>features</c> is in <c>features.0.weight</c>. It holds layers, parameters
/// and buffers of the model that made it, and runs nothing.
/// </summary>
internal sealed class ModuleLevel() : nn.Module("ModuleLevel"), IComponents
{
    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Buffer, bool IsPersistent)> OwnBuffers => Components.Buffers(_internal_buffers);

    /// <inheritdoc/>
    public void Put(string name, Parameter parameter) => ConditionallyRegisterParameter(name, parameter);

    /// <inheritdoc/>
    public void Put(string name, Tensor buffer, bool isPersistent) => ConditionallyRegisterBuffer(name, buffer, isPersistent);

    /// <inheritdoc/>
    public override IEnumerable<(string name, Tensor buffer)> named_buffers(
        bool recurse = true,
        bool include_nonpersistent = true) =>
        Components.NamedBuffers(this, base.named_buffers(recurse, include_nonpersistent), recurse, include_nonpersistent);

    /// <inheritdoc/>
    public override Dictionary<string, Tensor> state_dict(
        Dictionary<string, Tensor>? destination = null,
        string? prefix = null) =>
        ModelState.Collect(this, destination ?? [], prefix);

    /// <summary>The parameter at its destination: itself if it is there already; else a new one, the old one freed.</summary>
    public static Parameter Moved(Parameter parameter, Destination destination)
    {
        if (!ReplaceParameter(destination.Type, destination.Device, parameter, out var moved) || moved is null)
            return parameter;
        parameter.Dispose();
        return moved;
    }

    /// <summary>The model registers.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Moves the layers; the model moves the parameters and buffers.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        Components.MoveChildren(this, dtype, device, non_blocking);
        if (device is null)
            return;
        _deviceType = device.type;
        _deviceIndex = device.index;
    }
}
