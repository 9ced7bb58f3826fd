using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// The base of this library's layers of one tensor that own parameters or buffers. They are registered and moved without
/// reflection, so that they survive trimming, <c>.to</c> and a dispose scope round their construction, and can be tied.
/// </summary>
public abstract class OwnLayer : nn.Module<Tensor, Tensor>
{
    private protected OwnLayer(string name)
        : base(name)
    {
    }

    /// <summary>Does nothing: constructors register, without reflection.</summary>
    protected sealed override void RegisterComponents()
    {
    }

    /// <summary>Converts and moves parameters and layers, without the reflection of the base class.</summary>
    protected sealed override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        Components.MoveChildren(this, dtype, device, non_blocking);
        MoveParameters(dtype, device);
        if (device is null)
            return;
        _deviceType = device.type;
        _deviceIndex = device.index;
    }

    /// <summary>Moves each parameter by <see cref="Moved"/> and each buffer by <see cref="MovedBuffer"/>.</summary>
    private protected virtual void MoveParameters(ScalarType? dtype, Device? device)
    {
    }

    /// <summary>Registers a parameter that a dispose scope round the construction of a model does not take.</summary>
    private protected Parameter Registered(string name, Tensor values)
    {
        var parameter = (Parameter)nn.Parameter(values).DetachFromDisposeScope();
        register_parameter(name, parameter);
        return parameter;
    }

    /// <summary>Registers a buffer of the state dict that a dispose scope does not take.</summary>
    private protected Tensor RegisteredBuffer(string name, Tensor values)
    {
        var buffer = values.DetachFromDisposeScope();
        register_buffer(name, buffer);
        return buffer;
    }

    /// <summary>The buffer on another device or, if it isn't of integers, of another type, registered.</summary>
    private protected Tensor MovedBuffer(string name, Tensor buffer, ScalarType? dtype, Device? device)
    {
        if (buffer.IsInvalid)
            return buffer;
        var moved = Components.Moved(buffer, new Destination(dtype, device));
        if (!ReferenceEquals(moved, buffer))
            ConditionallyRegisterBuffer(name, moved);
        return moved;
    }

    /// <summary>Frees a layer's own parameters and buffers but for some; what is gone no longer moves with the layer.</summary>
    private protected void RemoveState(params string[] kept)
    {
        foreach (var (name, parameter) in named_parameters(recurse: false).Where(entry => !kept.Contains(entry.name)).ToList())
        {
            ConditionallyRegisterParameter(name, (Parameter?)null);
            parameter.Dispose();
        }
        foreach (var (name, buffer) in named_buffers(recurse: false).Where(entry => !kept.Contains(entry.name)).ToList())
        {
            ConditionallyRegisterBuffer(name, null);
            buffer.Dispose();
        }
    }

    /// <summary>
    /// Registers another parameter, which may be shared with other layers, in the place of this layer's own, which is freed.
    /// </summary>
    private protected Parameter Replaced(string name, Parameter own, Parameter shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        if (!own.shape.SequenceEqual(shared.shape))
            throw new ArgumentException(
                $"{GetName()}.{name} has the shape [{string.Join(", ", own.shape)}], not [{string.Join(", ", shared.shape)}].");
        if (ReferenceEquals(own, shared))
            return own;
        shared.DetachFromDisposeScope();
        ConditionallyRegisterParameter(name, shared);
        own.Dispose();
        return shared;
    }

    /// <summary>The parameter on another device or of another type, registered.</summary>
    private protected Parameter Moved(string name, Parameter parameter, ScalarType? dtype, Device? device)
    {
        if (parameter.IsInvalid || !ReplaceParameter(dtype, device, parameter, out var moved) || moved is null)
            return parameter;
        parameter.Dispose();
        ConditionallyRegisterParameter(name, moved);
        return moved;
    }
}
