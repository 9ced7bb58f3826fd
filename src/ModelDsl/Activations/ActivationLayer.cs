using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>An activation that is chosen when the model is built, as a layer without state. Any shape.</summary>
/// <param name="activation">The choice; ReLU where it inherits.</param>
public sealed class ActivationLayer(Activation activation) : nn.Module<Tensor, Tensor>(nameof(ActivationLayer))
{
    /// <summary>The choice.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>Applies the activation; the input stays as it is.</summary>
    public override Tensor forward(Tensor input) => Activation.Apply(input);

    /// <summary>Has nothing to register.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Has nothing to move.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
    }
}
