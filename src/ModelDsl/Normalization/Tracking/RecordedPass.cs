using ModelDsl.Kernels;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// One forward pass of a tracked layer, and the squared gradient norms of its examples once a backward pass has gone through.
/// No dispose scope owns what is kept here.
/// </summary>
/// <param name="examples">N.</param>
internal sealed class RecordedPass(long examples) : IDisposable
{
    private readonly List<Tensor> _expanded = [];
    private readonly List<Tensor> _delivered = [];
    private bool _isSettled;
    private bool _isForgotten;

    /// <summary>The squared gradient norms, <c>[N]</c>, or null while no backward pass has been seen.</summary>
    public Tensor? SquaredNorms { get; private set; }

    /// <summary>Takes over what the output was computed from: parameters that take a gradient; the others are freed.</summary>
    /// <param name="parameters">The affine parameters written out for each example: N * C values.</param>
    public void Keep(params ReadOnlySpan<Tensor> parameters)
    {
        foreach (var parameter in parameters)
            Keep(parameter);
    }

    /// <summary>
    /// Takes over the norms that a kernel's backward pass found. Those of a further one through the same graph are added, which
    /// is the norm of the summed gradient only where the two gradients are orthogonal.
    /// </summary>
    /// <param name="norms">The squared norms of each example's gradient of all affine parameters, <c>[N]</c>, in float32 or
    /// wider.</param>
    public void Deliver(Tensor norms)
    {
        norms.DetachFromDisposeScope();
        if (_isSettled || _isForgotten)
            norms.Dispose();
        else
            Add(norms);
    }

    /// <summary>
    /// Takes over each example's own gradients that a kernel's backward pass found; those of a further one are added to them, as
    /// autograd adds to the gradient.
    /// </summary>
    /// <param name="gradients">For each parameter that takes a gradient <c>[N, C]</c>, contiguous, in float32.</param>
    public void Deliver(IReadOnlyList<Tensor> gradients)
    {
        if (_isSettled || _isForgotten)
            return;
        if (_delivered.Count == 0)
        {
            _delivered.AddRange(gradients.Select(gradient => gradient.DetachFromDisposeScope()));
            return;
        }
        using var noGrad = no_grad();
        for (var parameter = 0; parameter < gradients.Count; parameter++)
            _delivered[parameter].add_(gradients[parameter]);
    }

    /// <summary>Turns gradients that have arrived into <see cref="SquaredNorms"/> and lets go of the rest.</summary>
    public void Settle()
    {
        using var noGrad = no_grad();
        foreach (var parameter in _expanded)
        {
            using var gradient = parameter.grad;
            if (gradient is not null)
                Add(NormsOf(gradient));
        }
        if (_delivered.Count > 0)
            Add(ExampleGradients.SquaredNorms(_delivered).DetachFromDisposeScope());
        if (SquaredNorms is null)
            return;
        _isSettled = true;
        Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isForgotten = true;
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
        _expanded.Add(parameter.DetachFromDisposeScope());
    }

    private Tensor NormsOf(Tensor gradient)
    {
        using var rows = gradient.reshape(examples, -1);
        // float16 squares overflow and bfloat16 sums stall; float64 stays as it is.
        using var wide = Precision.Widened(rows);
        using var squares = wide.square();
        return squares.sum(1).DetachFromDisposeScope();
    }

    private void Add(Tensor norms)
    {
        if (SquaredNorms is null)
        {
            SquaredNorms = norms;
            return;
        }
        using var noGrad = no_grad();
        using (norms)
            SquaredNorms.add_(norms);
    }

    private void Release()
    {
        _expanded.ForEach(parameter => parameter.Dispose());
        _expanded.Clear();
        _delivered.ForEach(gradient => gradient.Dispose());
        _delivered.Clear();
    }
}
