using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Normalizations;

/// <summary>A slot of a hand-written module.</summary>
/// <param name="Column">What its variant does to its neighbours.</param>
/// <param name="Layer">The layer; null where the slot is empty.</param>
internal sealed record HandNorm(Column Column, NormalizationLayer? Layer)
{
    /// <summary>The normalization alone.</summary>
    public Tensor Only(Tensor x) => Layer is null ? x : Layer.call(x);

    /// <summary>The normalization and the activation that belongs to it.</summary>
    public Tensor Then(Func<Tensor, Tensor> activation, Tensor x) =>
        Column is Column.FilterResponse or Column.EvoNorm ? Layer!.call(x) : activation(Only(x));

    /// <summary>The same, with an addition before the activation.</summary>
    public Tensor Then(Func<Tensor, Tensor> activation, Tensor x, Tensor addend) => Column switch
    {
        // The threshold is a part of the layer, and so is what stands before it.
        Column.FilterResponse => maximum(Unthresholded(x) + addend, Layer!.get_parameter("tau")!.view(1, -1, 1, 1)),
        Column.EvoNorm => Layer!.call(x + addend),
        _ => activation(Only(x) + addend),
    };

    /// <summary>x / sqrt(mean(x^2) + |epsilon|) * weight + bias.</summary>
    private Tensor Unthresholded(Tensor x)
    {
        var scale = (x.square().mean([2, 3], keepdim: true) + Layer!.get_parameter("eps")!.abs()).rsqrt();
        return x * scale * Layer.get_parameter("weight")!.view(1, -1, 1, 1) + Layer.get_parameter("bias")!.view(1, -1, 1, 1);
    }
}
