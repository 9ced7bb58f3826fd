using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// The base of this library's normalization layers: normalize, add what a shortcut brings, activate, in one call.
/// </summary>
/// <remarks>
/// The formulas, axes and defaults of all layers stand side by side on the page of this folder, <c>README.md</c>. Inputs of
/// 16 bits are normalized by statistics in float32 and give outputs of their own type.
/// </remarks>
public abstract class NormalizationLayer : OwnLayer, IAffineLayer
{
    /// <summary>What <see cref="call"/> hands over to <see cref="forward"/>, past the hooks of the base class.</summary>
    [ThreadStatic]
    private static HandOver? handedOver;

    private int? _foldedRank;

    private protected NormalizationLayer(string name, string site, Activation? activation)
        : base(name)
    {
        if (activation is { NeedsLayer: true } layer)
            throw new ArgumentException(
                $"{site}: {layer.Variant} has state of its own and can't be part of {name}; put its layer behind it.");
        (Site, Activation) = (site, activation);
    }

    /// <summary>What is applied at the end; null: nothing.</summary>
    public Activation? Activation { get; }

    /// <summary>The affine parameters as they are now, weight before bias; moving the layer replaces them.</summary>
    public abstract IReadOnlyList<Parameter> AffineParameters { get; }

    NormalizationVariant IAffineLayer.Variant => Variant;

    private protected abstract NormalizationVariant Variant { get; }

    /// <summary>Whether the weight layer before it does its work, so that it only adds and activates.</summary>
    internal bool IsFolded { get; private set; }

    /// <summary>The place in the model, with which messages begin.</summary>
    private protected string Site { get; }

    /// <summary>The inputs that fit, for messages: <c>[N, 64, ...]</c>.</summary>
    private protected abstract string Expected { get; }

    /// <summary>Normalizes, adds, activates. Hooks on the layer see input and output.</summary>
    /// <param name="input">What is normalized.</param>
    /// <param name="addend">What is added before the activation; its shape is the input's or broadcasts to it.</param>
    /// <returns>A tensor of the input's shape and type.</returns>
    /// <exception cref="ArgumentException">A shape doesn't fit.</exception>
    /// <exception cref="InvalidOperationException">A hook of the layer runs it again.</exception>
    public Tensor call(Tensor input, Tensor addend)
    {
        ArgumentNullException.ThrowIfNull(addend);
        var outer = handedOver;
        handedOver = new(this, addend);
        try
        {
            return call(input);
        }
        finally
        {
            handedOver = outer;
        }
    }

    /// <summary>Normalizes and activates.</summary>
    /// <returns>A tensor of the input's shape and type.</returns>
    /// <exception cref="ArgumentException">The input's shape doesn't fit.</exception>
    public sealed override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var addend = TakeAddend();
        if (!Fits(input))
            throw new ArgumentException($"{Site}: {GetName()} expects {Expected}, not {Text(input)}.");
        if (addend is not null && !Broadcasts(addend, input))
            throw new ArgumentException($"{Site}: {GetName()} can't add {Text(addend)} to what has the shape {Text(input)}.");
        return IsFolded ? Pass(input, addend) : Compute(input, addend);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The layer is folded and can't be trained.</exception>
    public override void train(bool train = true)
    {
        if (train && IsFolded)
            throw FoldedState.CannotTrain($"{Site}: {GetName()}");
        base.train(train);
    }

    /// <summary>Leaves scale and offset to the weight layer before it. Parameters and statistics are freed.</summary>
    /// <param name="rank">The only rank of the input for which the weight layer can do that, or null.</param>
    internal void Fold(int? rank)
    {
        RemoveState();
        (IsFolded, _foldedRank) = (true, rank);
    }

    /// <summary>The layer's function of an input that fits, by the fastest way that its type and size allow.</summary>
    private protected abstract Tensor Compute(Tensor input, Tensor? addend);

    /// <summary>Whether an input has the rank and the channels of the layer.</summary>
    private protected abstract bool Fits(Tensor input);

    /// <summary>Adds and activates in place, as far as the backward pass allows it.</summary>
    /// <param name="normalized">A tensor that nobody else has, which no backward function needs.</param>
    /// <param name="addend">What is added, or null.</param>
    private protected Tensor Finish(Tensor normalized, Tensor? addend)
    {
        if (addend is not null)
            normalized.add_(addend);
        return Activation is { } activation ? activation.ApplyInPlace(normalized) : normalized;
    }

    /// <summary>What is left of a folded layer.</summary>
    private Tensor Pass(Tensor input, Tensor? addend)
    {
        if (_foldedRank is { } rank)
            FoldedState.RequireRank($"{Site}: {GetName()}", rank, input);
        return addend is not null ? Finish(input.add(addend), null)
            : Activation is { } activation ? activation.Apply(input)
            : input.alias();
    }

    private Tensor? TakeAddend()
    {
        if (handedOver is not { } given || !ReferenceEquals(given.Layer, this))
            return null;
        if (given.IsTaken)
            throw new InvalidOperationException(
                $"{Site}: a hook of {GetName()} runs the layer again while it adds a shortcut; call another layer there.");
        given.IsTaken = true;
        return given.Addend;
    }

    private static bool Broadcasts(Tensor addend, Tensor input)
    {
        var missing = (int)(input.ndim - addend.ndim);
        if (missing < 0)
            return false;
        for (var axis = 0; axis < addend.ndim; axis++)
        {
            if (addend.size(axis) is var size && size != 1 && size != input.size(axis + missing))
                return false;
        }
        return true;
    }

    private static string Text(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    private sealed record HandOver(NormalizationLayer Layer, Tensor Addend)
    {
        /// <summary>Whether a forward pass has it: a second one within the same call can't be told from the first.</summary>
        public bool IsTaken { get; set; }
    }
}
