using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Builds the layer of an activation that is known only at run time.</summary>
public static class ActivationLayers
{
    /// <summary>
    /// The layer: <see cref="PReLULayer"/> and <see cref="RReLULayer"/> where the choice is one of these, else an
    /// <see cref="ActivationLayer"/>. A choice that inherits gives ReLU.
    /// </summary>
    /// <param name="choice">The choice.</param>
    /// <param name="site">The place in the model, for messages: <c>ResNet.Stem</c>.</param>
    /// <param name="channels">The number of channels; 0 where it isn't known.</param>
    /// <param name="channelAxis">The axis of the channels; negative where it isn't known.</param>
    /// <exception cref="ArgumentException">A slope for each channel is wanted, but the channels aren't known.</exception>
    public static nn.Module<Tensor, Tensor> Open(Activation choice, string site, long channels, int channelAxis)
    {
        var (first, second) = choice.LayerOptions;
        if (choice.Variant == ActivationVariant.RReLU)
            return new RReLULayer(first, second);
        if (choice.Variant != ActivationVariant.PReLU)
            return new ActivationLayer(choice);
        if (second == 0)
            return new PReLULayer(first);
        return channels > 0 && channelAxis >= 0
            ? new PReLULayer(channels, channelAxis, first)
            : throw new ArgumentException(
                $"{site}: PReLU with a slope for each channel, but the channels aren't known there; use one slope for all.");
    }
}
