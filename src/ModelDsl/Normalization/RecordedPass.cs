using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// One forward pass of a tracked layer: its affine parameters written out for every example, and, once a backward pass has
/// reached them, the squared norms of the gradients found there. No dispose scope owns what is kept here.
/// </summary>
internal sealed class RecordedPass : IDisposable
{
    private readonly long examples;
    private readonly List<Tensor> expanded = [];

    /// <summary>Keeps those of <paramref name="parameters"/> that take a gradient and disposes the others.</summary>
    /// <param name="examples">N.</param>
    /// <param name="parameters">Weight and bias for each example, as the output was computed from them: N * C values.</param>
    public RecordedPass(long examples, params ReadOnlySpan<Tensor> parameters)
    {
        this.examples = examples;
        foreach (var parameter in parameters)
            Keep(parameter);
    }

    /// <summary>The squared gradient norms, <c>[N]</c>, or null while no backward pass has been seen.</summary>
    public Tensor? SquaredNorms { get; private set; }

    /// <summary>Turns gradients that have arrived into <see cref="SquaredNorms"/> and lets go of the rest.</summary>
    public void Settle()
    {
        using var noGrad = no_grad();
        foreach (var parameter in expanded)
        {
            using var gradient = parameter.grad;
            if (gradient is not null)
                AddSquaredNorms(gradient);
        }
        if (SquaredNorms is not null)
            Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        SquaredNorms?.Dispose();
        SquaredNorms = null;
    }

    private void Keep(Tensor parameter)
    {
        if (!parameter.requires_grad)
        {
            parameter.Dispose();
            return;
        }
        parameter.retain_grad();
        expanded.Add(parameter.DetachFromDisposeScope());
    }

    private void AddSquaredNorms(Tensor gradient)
    {
        using var rows = gradient.reshape(examples, -1);
        // float16 squares overflow and bfloat16 sums stall; float64 stays as it is.
        using var wide = rows.to(promote_types(rows.dtype, ScalarType.Float32));
        using var squares = wide.square();
        var norms = squares.sum(1).DetachFromDisposeScope();
        if (SquaredNorms is null)
            SquaredNorms = norms;
        else
            using (norms)
                SquaredNorms.add_(norms);
    }

    private void Release()
    {
        foreach (var parameter in expanded)
            parameter.Dispose();
        expanded.Clear();
    }
}
