using ModelDsl.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// LayerNorm (Ba, Kiros and Hinton 2016) over the last axes of <c>[N, ...]</c>, or over the channels of each position of
/// <c>[N, C, ...]</c> (the norm of ConvNeXt, Liu et al. 2022); by the biased variance, with a scale and an offset for each
/// normalized element.
/// </summary>
/// <remarks>
/// The numbers of <c>nn.LayerNorm</c>. Equal values give the bias. The output of a norm per position is in channels-last memory.
/// </remarks>
public class LayerNormLayer : NormalizationLayer
{
    internal LayerNormLayer(string site, long[] shape, double epsilon, bool perPosition = false, Activation? activation = null)
        : this(nameof(LayerNormLayer), site, shape, epsilon, perPosition, activation)
    {
    }

    private protected LayerNormLayer(
        string name, string site, long[] shape, double epsilon, bool perPosition, Activation? activation)
        : base(name, site, activation)
    {
        foreach (var size in shape)
            ChannelGroups.Positive(site, name, size);
        (Shape, PerPosition, Epsilon) = (shape, perPosition, NormalizationOptions.Epsilon(site, epsilon));
        weight = Registered(nameof(weight), ones(shape));
        bias = Registered(nameof(bias), zeros(shape));
    }

    /// <summary>The scale of each normalized element, the shape of the normalized axes, initially 1.</summary>
    public Parameter weight { get; private set; }

    /// <summary>The offset of each normalized element, of the same shape, initially 0.</summary>
    public Parameter bias { get; private set; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Parameter> AffineParameters => [weight, bias];

    /// <summary>The sizes of the normalized axes.</summary>
    internal long[] Shape { get; }

    /// <summary>Whether the channels are axis 1 and every position is normalized by itself.</summary>
    internal bool PerPosition { get; }

    /// <summary>What is added to the variance.</summary>
    private protected double Epsilon { get; }

    private protected sealed override NormalizationVariant Variant => NormalizationVariant.Layer;

    private protected sealed override string Expected =>
        PerPosition ? $"[N, {Shape[0]}, ...]" : $"[N, ..., {string.Join(", ", Shape)}]";

    private protected sealed override bool Fits(Tensor input)
    {
        if (PerPosition)
            return input.ndim >= 2 && input.size(1) == Shape[0];
        if (input.ndim < Shape.Length)
            return false;
        for (var axis = 1; axis <= Shape.Length; axis++)
        {
            if (input.size(-axis) != Shape[^axis])
                return false;
        }
        return true;
    }

    private protected sealed override Tensor Compute(Tensor input, Tensor? addend)
    {
        if (!PerPosition)
            return ComputeLastAxes(input, addend);
        using var last = ChannelsLast.Of(input);
        using var addendLast = addend is null ? null : ChannelsLast.Of(addend, input);
        // In place behind the axes' way back it would be in place on a view, which autograd follows at a price.
        using var output = ComputeLastAxes(last, addendLast);
        return output.movedim([-1], [1]);
    }

    /// <summary>The layer's function of an input whose last axes are normalized.</summary>
    private protected virtual Tensor ComputeLastAxes(Tensor input, Tensor? addend) =>
        RowNorms.Allows(input, addend, weight, bias)
            ? RowNorms.Run(input, addend, weight, bias, Epsilon, Activation)
            : Finish(F.layer_norm(input, Shape, weight, bias, Epsilon), addend);

    private protected override void MoveParameters(ScalarType? dtype, Device? device)
    {
        weight = Moved(nameof(weight), weight, dtype, device);
        bias = Moved(nameof(bias), bias, dtype, device);
    }
}
