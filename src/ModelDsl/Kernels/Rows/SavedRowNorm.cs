using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>What a normalization of rows keeps for its backward pass.</summary>
/// <param name="Input">The input.</param>
/// <param name="Weight">The weight, whose elements are as many as a row's.</param>
/// <param name="Scalings">What normalized the rows: a <see cref="RowScaling"/> for each.</param>
/// <param name="Bias">The bias, or null.</param>
/// <param name="Addend">What was added before the activation, or null.</param>
internal sealed record SavedRowNorm(Tensor Input, Tensor Weight, Tensor Scalings, Tensor? Bias, Tensor? Addend)
{
    /// <summary>The elements of a row.</summary>
    public int Width => (int)Weight.numel();

    /// <summary>The number of rows.</summary>
    public int Rows => (int)Scalings.size(0);

    /// <summary>The elements of weight and bias together.</summary>
    public int ParameterCount => Bias is null ? Width : 2 * Width;

    /// <summary>What is kept, in an order that <see cref="Of"/> knows.</summary>
    public IEnumerable<Tensor> Tensors => new[] { Input, Weight, Scalings, Bias, Addend }.OfType<Tensor>();

    /// <summary>From what was kept.</summary>
    public static SavedRowNorm Of(IReadOnlyList<Tensor> tensors, bool hasBias) => new(
        tensors[0],
        tensors[1],
        tensors[2],
        hasBias ? tensors[3] : null,
        tensors.Count > (hasBias ? 4 : 3) ? tensors[^1] : null);
}
