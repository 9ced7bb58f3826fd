using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

/// <summary>Tied weights, a parameter, a buffer, and a buffer that is no part of the state dict.</summary>
[Model]
public partial class DeclaredWithTies
{
    [Embedding(5, 3)]
    public partial EmbeddingLayer Tokens { get; }

    [Parameter("3", Initialization = Init.Ones)]
    public partial Parameter Scale { get; }

    [Buffer("3", Initialization = Init.Ones)]
    public partial Tensor Offset { get; }

    [Buffer("3", Initialization = Init.Ones, Persistent = false)]
    public partial Tensor Mask { get; }

    public override Tensor forward([Shape("N, T")] Tensor tokens)
    {
        using var embedded = Tokens.call(tokens);
        using var scaled = embedded * Scale;
        using var moved = scaled + Offset;
        using var masked = moved * Mask;
        return Predict(masked);
    }

    [Linear(5, Bias = false, Tied = nameof(Tokens), Name = "head")]
    private partial Tensor Predict([Shape("N, T, 3")] Tensor x);
}
