using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>The values of some tensors at one moment. They can be put back in place, bit for bit, any number of times.</summary>
internal sealed class TensorSnapshot : IDisposable
{
    private readonly (Tensor Tensor, Tensor Value)[] _saved;

    /// <summary>Copies <paramref name="tensors"/>.</summary>
    public TensorSnapshot(IEnumerable<Tensor> tensors)
    {
        using var _ = no_grad();

        // Detached: user code that runs before the values are put back may empty the dispose scope it stands in.
        _saved = [.. tensors.Select(tensor => (tensor, tensor.clone().DetachFromDisposeScope()))];
    }

    /// <summary>Writes the values back into the tensors they came from, which optimizers and layers know by handle.</summary>
    public void Restore()
    {
        using var _ = no_grad();
        foreach (var (tensor, value) in _saved) tensor.copy_(value);
    }

    /// <summary>Frees the copies; restores nothing.</summary>
    public void Dispose()
    {
        foreach (var (_, value) in _saved) value.Dispose();
    }
}
