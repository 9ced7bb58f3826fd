using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// A convolution, a transposed one or a linear layer that computes with a function of its weight. It takes the weight, what is
/// frozen, and the mode over from the layer that it is built from, which is freed, and starts with a bias of zero.
/// </summary>
public abstract class ParametrizedWeightLayer : OwnLayer, IAffineLayer
{
    private readonly WeightOperation _operation;

    private protected ParametrizedWeightLayer(string name, nn.Module<Tensor, Tensor> host)
        : base(name)
    {
        _operation = WeightOperation.Of(host);
        var (ownWeight, ownBias) = WeightOperation.Parameters(host);
        weight = Registered(nameof(weight), Values(ownWeight));
        weight.requires_grad = ownWeight.requires_grad;
        if (ownBias is not null)
        {
            bias = Registered(nameof(bias), zeros_like(ownBias, requires_grad: false));
            bias.requires_grad = ownBias.requires_grad;
        }
        base.train(host.training);
        host.Dispose();
    }

    /// <summary>What the layer computes its weight from, of the host's shape and initial values.</summary>
    public Parameter weight { get; private set; }

    /// <summary>The offset of each output channel, <c>[O]</c>, initially 0; null where the host had none.</summary>
    public Parameter? bias { get; private set; }

    /// <summary>What scales the filters, as it is now; moving the layer replaces it.</summary>
    public abstract IReadOnlyList<Parameter> AffineParameters { get; }

    /// <summary>Whether the weight is the one that the layer computes with.</summary>
    internal bool IsFolded { get; private set; }

    /// <summary>The number of output channels.</summary>
    internal long Outputs => _operation.Outputs(weight);

    NormalizationVariant IAffineLayer.Variant => Variant;

    private protected abstract NormalizationVariant Variant { get; }

    /// <summary>The number of weights that a value of the output is computed from.</summary>
    private protected long FanIn => _operation.FanIn(weight);

    /// <summary>Convolves, or multiplies, with the weight that the layer computes.</summary>
    /// <returns>What the host would return.</returns>
    public sealed override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (IsFolded)
            return _operation.Apply(input, weight, bias);
        using var effective = EffectiveWeight();
        return _operation.Apply(input, effective, bias);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The layer is folded and can't be trained.</exception>
    public override void train(bool train = true)
    {
        if (train && IsFolded)
            throw FoldedState.CannotTrain(GetName());
        base.train(train);
    }

    /// <summary>The weight that the layer computes with, of the shape and type of <see cref="weight"/>.</summary>
    public Tensor EffectiveWeight()
    {
        if (IsFolded)
            return weight.clone();
        using var filters = _operation.Filters(weight);
        using var wide = Precision.Widened(filters);
        using var parametrized = Parametrized(wide);
        using var values = parametrized.reshape(weight.shape);
        return values.to(weight.dtype);
    }

    /// <summary>Keeps the weight that the layer computes with in the place of what it is computed from.</summary>
    internal void Fold()
    {
        if (IsFolded)
            return;
        using var noGradients = no_grad();
        using var effective = EffectiveWeight();
        weight.copy_(effective);
        RemoveState(nameof(weight), nameof(bias));
        IsFolded = true;
    }

    /// <summary>Multiplies a map of the output channels into the weight of a folded layer.</summary>
    internal void Absorb(ChannelMap map)
    {
        WeightFolding.Scale(_operation, weight, map);
        var shifted = WeightFolding.Shifted(bias, weight, map);
        bias?.Dispose();
        ConditionallyRegisterParameter(nameof(bias), shifted);
        bias = shifted;
    }

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        weight = Moved(nameof(weight), weight, dtype, device);
        bias = bias is null ? null : Moved(nameof(bias), bias, dtype, device);
    }

    /// <summary>The function of the weight.</summary>
    /// <param name="filters">
    /// The weight in float32 or wider, seen as <c>[G, I, O, K]</c>: the filter of an output channel lies along axes 1 and 3.
    /// </param>
    /// <returns>A tensor of the same shape.</returns>
    private protected abstract Tensor Parametrized(Tensor filters);

    /// <summary>A gain of 1 for each filter: <c>[O, 1, ...]</c>, of the weight's rank.</summary>
    private protected Tensor Gains()
    {
        var shape = new long[weight.ndim];
        Array.Fill(shape, 1);
        shape[0] = _operation.Outputs(weight);
        return ones(shape, weight.dtype, weight.device);
    }

    /// <summary>A gain for each filter, to multiply filters with.</summary>
    private protected static Tensor GainView(Parameter gain, Tensor filters)
    {
        using var view = gain.reshape(filters.size(0), 1, filters.size(2), 1);
        return view.to(filters.dtype);
    }

    private static Tensor Values(Parameter parameter)
    {
        using var values = parameter.detach();
        return values.clone();
    }
}
