using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// A table of vectors, looked up by index. Same names and initial values, N(0, 1), as <c>nn.Embedding</c>, whose table TorchSharp
/// loses in dispose scopes, leaves behind under NativeAOT and steps twice where it is tied.
/// </summary>
public sealed class EmbeddingLayer : OwnLayer
{
    private readonly long _padding;
    private Parameter _weight;

    /// <param name="count">The number of vectors, V.</param>
    /// <param name="width">Their size, D.</param>
    /// <param name="paddingIndex">The index whose vector starts at zero and gets no gradient; negative for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size isn't positive, or there is no vector of that index.</exception>
    public EmbeddingLayer(long count, long width, long paddingIndex = -1)
        : base(nameof(EmbeddingLayer))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(paddingIndex, count);
        _padding = paddingIndex;
        _weight = Registered(nameof(weight), randn(count, width));
        if (paddingIndex < 0)
            return;
        using var noGradients = no_grad();
        using var padding = _weight.narrow(0, paddingIndex, 1);
        padding.zero_();
    }

    /// <summary>The vectors, <c>[V, D]</c>. Another layer's may be put in its place, which then is shared.</summary>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public Parameter weight
    {
        get => _weight;
        set => _weight = Replaced(nameof(weight), _weight, value);
    }

    /// <summary>Looks up the vectors of indices, int64 or int32 of any shape <c>[...]</c>.</summary>
    /// <returns><c>[..., D]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var indices = input.reshape(-1);
        using var rows = _weight.index_select(0, indices);
        using var vectors = _padding < 0 ? rows.alias() : WithoutGradient(rows, indices);
        return vectors.reshape([.. input.shape, _weight.size(1)]);
    }

    private protected override void MoveParameters(ScalarType? dtype, Device? device) =>
        _weight = Moved(nameof(weight), _weight, dtype, device);

    /// <summary>The same values, where the vector of the padding index counts as a constant.</summary>
    private Tensor WithoutGradient(Tensor rows, Tensor indices)
    {
        using var isPadding = indices.eq(_padding);
        using var column = isPadding.unsqueeze(1);
        using var constant = rows.detach();
        return where(column, constant, rows);
    }
}
