using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// What a normalization slot and the activation paired with it are, for a choice that is known only at run time: the same
/// layers, names and numbers that an attribute of the variant gives.
/// </summary>
/// <remarks>
/// <para>
/// The layer is fused with the activation where that directly follows, or follows a shortcut whose addend is passed to
/// <see cref="call(Tensor, Tensor)"/>. EvoNorms take the place of the activation. Filter response normalization thresholds in the
/// place of a ReLU, and without an activation where that was asked for. Weight normalization scales a ReLU. Other choices that
/// act on weights, and that of no normalization, leave the activation alone.
/// </para>
/// <para>It is no module: what owns it registers <see cref="Layer"/> and <see cref="ActivationLayer"/>.</para>
/// </remarks>
public sealed class OpenNormalization
{
    private readonly bool _isSeparate;
    private readonly bool _isActivation;
    private readonly Activation? _activation;

    /// <summary>Builds the layers.</summary>
    /// <param name="choice">The choice; one that inherits gives BatchNorm on feature maps and LayerNorm elsewhere.</param>
    /// <param name="site">What is normalized, and where.</param>
    /// <param name="activation">The activation that is paired with the slot; null: none.</param>
    /// <param name="separate">
    /// Whether other layers stand between the two, so that <see cref="Normalize"/> and <see cref="Activate"/> are called.
    /// </param>
    /// <param name="thresholded">
    /// Whether filter response normalization thresholds without an activation, as it does before pooling or a head.
    /// </param>
    /// <param name="hosted">Whether there is a layer beside the slot whose weight the choices that act on weights take.</param>
    /// <param name="zeroScale">
    /// Whether the scale starts at zero, as at the end of a residual branch; of a choice that acts on weights that of the weight
    /// layer does.
    /// </param>
    /// <param name="hostEndsBranch">Whether that weight layer stands at the end of the branch.</param>
    /// <exception cref="ArgumentException">
    /// The variant has no scale that could start at zero, or is not defined at the site: most need feature maps, EvoNorms an
    /// activation, those that act on weights a weight. The message has the remedy.
    /// </exception>
    public OpenNormalization(
        Normalization choice,
        NormalizationSite site,
        Activation? activation = null,
        bool separate = false,
        bool thresholded = false,
        bool hosted = true,
        bool zeroScale = false,
        bool hostEndsBranch = true)
    {
        var resolved = choice.At(site);
        Require(resolved, site, activation, hosted);
        if (zeroScale)
            RequireScale(resolved, site, hostEndsBranch);
        _isSeparate = separate;
        _isActivation = resolved.IsEvoNorm;
        var isThresholded = resolved.Variant == NormalizationVariant.FilterResponse
            && (activation is null ? thresholded : activation is { IsReLU: true });
        var isFused = !separate && activation is { NeedsLayer: false } && IsPlain(resolved);
        Layer = ChosenLayer.Build(resolved, site, isFused ? activation : null, isThresholded && !separate);
        if (Layer is not null)
            ZeroScale.Apply(Layer, zeroScale);
        ActivationLayer = (isThresholded, activation) switch
        {
            (true, _) => separate ? NormalizationLayers.TLU(site.Name, site.Channels) : null,
            (_, { NeedsLayer: true } own) when !_isActivation =>
                ActivationLayers.Open(own, site.Name, site.Channels, site.ChannelAxis),
            _ => null,
        };
        if (!isFused && !isThresholded && !_isActivation && ActivationLayer is null)
            _activation = resolved.Variant == NormalizationVariant.Weight && activation is { IsReLU: true }
                ? Activation.ScaledReLU()
                : activation;
    }

    /// <summary>What stands at the slot and is registered under its name; null where nothing does.</summary>
    public nn.Module<Tensor, Tensor>? Layer { get; }

    /// <summary>
    /// The activation where it has state or a mode of its own, registered under its name: PReLU, RReLU, the thresholded linear
    /// unit of a separate filter response normalization. Null elsewhere.
    /// </summary>
    public nn.Module<Tensor, Tensor>? ActivationLayer { get; }

    /// <summary>Normalizes and activates.</summary>
    /// <returns>A tensor of its own of the input's shape.</returns>
    public Tensor call(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Layer is null ? Activated(input) : ActivatedOwned(Normalized(input));
    }

    /// <summary>Normalizes, adds, activates.</summary>
    /// <param name="input">What is normalized.</param>
    /// <param name="addend">What is added before the activation.</param>
    /// <returns>A tensor of its own of the input's shape.</returns>
    public Tensor call(Tensor input, Tensor addend)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(addend);
        return ActivatedOwned(Layer switch
        {
            null => input.add(addend),
            NormalizationLayer own => own.call(input, addend),
            _ => Added(Normalized(input), addend),
        });
    }

    /// <summary>The first half, where other layers stand between the two.</summary>
    /// <returns>A tensor of its own of the input's shape.</returns>
    /// <exception cref="InvalidOperationException">The two are not separate.</exception>
    public Tensor Normalize(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        RequireSeparate();
        return Layer is null || _isActivation ? input.alias() : Normalized(input);
    }

    /// <summary>The second half, where other layers stand between the two.</summary>
    /// <returns>A tensor of its own of the input's shape.</returns>
    /// <exception cref="InvalidOperationException">The two are not separate.</exception>
    public Tensor Activate(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        RequireSeparate();
        return _isActivation ? Layer!.call(input) : Activated(input);
    }

    private static void Require(Normalization resolved, NormalizationSite site, Activation? activation, bool hosted)
    {
        var name = resolved.Variant.AttributeName();
        if (resolved.IsOverWeight && !hosted)
            throw new ArgumentException(
                $"{site.Name}: {name} normalizes the weight of a convolution or Linear, but there is none beside " +
                "the slot; put one there, or choose a normalization that stands for itself, such as Normalization.Layer().");
        if (resolved.IsEvoNorm && activation is null)
            throw new ArgumentException(
                $"{site.Name}: {name} is normalization and activation in one, but there is no activation beside " +
                "the slot; put one there, or choose another normalization.");
    }

    private static void RequireScale(Normalization resolved, NormalizationSite site, bool hostEndsBranch)
    {
        var hasScale = !resolved.IsEvoNorm
            && resolved.Variant is not (NormalizationVariant.None or NormalizationVariant.WeightCentering)
            && (hostEndsBranch || !resolved.IsOverWeight);
        if (!hasScale)
            throw new ArgumentException(
                $"{site.Name}: {resolved.Variant.AttributeName()} has no scale at the end of the branch that could start " +
                "at zero; write Shortcut(Scale = BranchScale.SkipInit) instead of ZeroInit, or choose another normalization.");
    }

    /// <summary>Whether the layer is one that applies an activation by itself.</summary>
    private static bool IsPlain(Normalization choice) =>
        !choice.IsWithoutLayer && !choice.IsEvoNorm
        && choice.Variant is not (NormalizationVariant.FilterResponse or NormalizationVariant.Custom);

    /// <summary>What the layer gives; callers free it, also where a module of one's own gives back its input.</summary>
    private Tensor Normalized(Tensor input)
    {
        var output = Layer!.call(input);
        return ReferenceEquals(output, input) ? input.alias() : output;
    }

    private static Tensor Added(Tensor normalized, Tensor addend)
    {
        using (normalized)
            return normalized.add(addend);
    }

    private Tensor Activated(Tensor input) => (ActivationLayer, _activation) switch
    {
        ({ } layer, _) => layer.call(input),
        (_, { } activation) => activation.Apply(input),
        _ => input.alias(),
    };

    private Tensor ActivatedOwned(Tensor owned)
    {
        if (ActivationLayer is null && _activation is null)
            return owned;
        using (owned)
            return Activated(owned);
    }

    private void RequireSeparate()
    {
        if (!_isSeparate)
            throw new InvalidOperationException("Normalization and activation are one call here; build it with separate: true.");
    }
}
