using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;

namespace ModelDsl;

/// <content>Another normalization for modules that exist.</content>
public readonly partial record struct Normalization
{
    /// <summary>
    /// Replaces the normalization layers of a hand-written module, in place, by those of a choice, over the same channels. The
    /// names in the state dict stay.
    /// </summary>
    /// <param name="module">What holds the layers: <c>nn.Sequential</c>, a module with fields, or what nests these.</param>
    /// <param name="choice">
    /// The choice; epsilon and momentum that it leaves unset become those of a layer with the same running statistics, elsewhere
    /// the defaults.
    /// </param>
    /// <remarks>
    /// <para>
    /// Layers of TorchSharp and of this library are replaced in <c>nn.Sequential</c>, <c>ModuleList</c>, <c>ModuleDict</c>, and
    /// in modules that keep them in fields, arrays, lists or dictionaries of a type that the new layer fits:
    /// <c>nn.Module&lt;Tensor, Tensor></c>. Kept are: weight and bias for each channel and whether they are trained, running
    /// statistics where both layers have them, an activation that the layer applies, training or evaluation mode, device and
    /// type. The old layers are disposed: build optimizers afterwards.
    /// </para>
    /// <para>
    /// Choices that change what stands beside them do so where that is known, directly behind each other in
    /// <c>nn.Sequential</c>: an EvoNorm takes the place of the activation, filter response normalization that of a ReLU, and
    /// choices that act on weights that of the convolution or linear layer, whose gain and bias take over weight and bias.
    /// </para>
    /// <para>
    /// What can't be replaced is left alone, and the report says why: fields of another type, layers with hooks, choices that are
    /// not defined there, and the layers of declared models, which one attribute changes.
    /// </para>
    /// </remarks>
    /// <returns>What became of every normalization layer.</returns>
    /// <exception cref="ArgumentException">
    /// The choice is none; the module is a normalization itself; or channels don't divide into groups: then the message names
    /// every place, and nothing was changed.
    /// </exception>
    /// <example>
    /// <code>
    /// Console.WriteLine(Normalization.Convert(model, Normalization.Group(channelsPerGroup: 8)));
    /// </code>
    /// </example>
    [RequiresUnreferencedCode(LayerHolders.Reason)]
    public static ConversionReport Convert(torch.nn.Module module, Normalization choice)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (choice.Variant == NormalizationVariant.Inherit)
            throw new ArgumentException(
                "default is no choice of a normalization: give one, such as Normalization.Group(channelsPerGroup: 8).",
                nameof(choice));
        return Converter.Convert(module, choice);
    }

    /// <summary>This choice with the options that it leaves unset of a layer with the same kind of running statistics.</summary>
    internal Normalization Inheriting(torch.nn.Module layer)
    {
        if (Variant is not (NormalizationVariant.Batch or NormalizationVariant.Variance))
            return this;
        var (epsilon, momentum) = layer switch
        {
            BatchNorm batch => (batch.eps, batch.momentum ?? 0),
            BatchNormLayer own => (own.Epsilon, own.Momentum),
            VarianceNormLayer own => (own.Epsilon, own.Momentum),
            _ => (0, 0),
        };
        return this with { Epsilon = Epsilon > 0 ? Epsilon : epsilon, Momentum = Momentum > 0 ? Momentum : momentum };
    }
}
