using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What stands in a sequence where a normalization of TorchSharp's was folded: it passes its input on.</summary>
internal sealed class FoldedNormalization(string layer, int? rank) : nn.Module<Tensor, Tensor>($"Folded{layer}")
{
    /// <summary>Passes the input on.</summary>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (rank is { } expected)
            FoldedState.RequireRank(layer, expected, input);
        return input.alias();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A folded layer can't be trained.</exception>
    public override void train(bool train = true)
    {
        if (train)
            throw FoldedState.CannotTrain(layer);
        base.train(train);
    }

    /// <summary>Has nothing to register.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Has nothing to move.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
    }
}
