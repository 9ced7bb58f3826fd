using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// What a tracked layer keeps to know the squared norm of every example's own gradient: for each forward pass either the
/// affine parameters written out once for every example, where backpropagation leaves the examples' own gradients and their
/// sum, as ever, in the parameters; or norms that a kernel's backward pass delivers.
/// </summary>
/// <remarks>
/// <para>
/// Recorded are forward passes in training mode with gradients enabled while <see cref="IsTracking"/> is true.
/// </para>
/// <para>
/// Norms that nobody takes don't pile up: the last 256 forward passes are kept, and those whose gradient was discarded by
/// <c>module.zero_grad()</c> are forgotten at the next forward pass. A pass is settled at the next forward pass: what a further
/// backward pass through the older graph adds later isn't counted.
/// </para>
/// <para>
/// A layer that runs twice for the same examples records each run; the norm of the summed gradient can't be had from those. Nor,
/// for LayerNorm and RMSNorm, from two backward passes through one graph.
/// </para>
/// </remarks>
/// <param name="layer">The layer that records.</param>
internal sealed class GradientNormRecorder(NormalizationLayer layer) : IDisposable
{
    /// <summary>The most forward passes kept; bounds what a layer holds when its norms are never taken.</summary>
    internal const int MostPasses = 256;

    private readonly List<RecordedPass> _passes = [];

    /// <inheritdoc cref="ITrackedNormalization.IsTracking"/>
    public bool IsTracking { get; set; } = true;

    /// <summary>Whether the pass that begins is to be recorded.</summary>
    public bool Records(Tensor input) =>
        IsTracking && layer.training && is_grad_enabled() && input.size(0) > 0
        && layer.AffineParameters.Any(parameter => parameter.requires_grad);

    /// <summary>Begins the record of a forward pass.</summary>
    /// <param name="examples">N.</param>
    public RecordedPass NewPass(long examples)
    {
        _passes.ForEach(pass => pass.Settle());
        if (!layer.AffineParameters.Any(HasGradient))
            Forget(pass => pass.SquaredNorms is not null);
        if (_passes.Count == MostPasses)
            Forget(pass => pass == _passes[0]);
        var pass = new RecordedPass(examples);
        _passes.Add(pass);
        return pass;
    }

    /// <summary>Records a forward pass of a kernel that delivers each example's gradients in its backward pass.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="run">Runs the kernel with the receiver of the gradients; null: it can't run, and nothing is recorded.</param>
    public Tensor? Record(Tensor input, Func<Action<IReadOnlyList<Tensor>>, Tensor?> run)
    {
        RecordedPass? pass = null;
        var output = run(gradients => pass!.Deliver(gradients));
        if (output is not null)
            pass = NewPass(input.size(0));
        return output;
    }

    /// <inheritdoc cref="ITrackedNormalization.TakePerExampleSquaredGradientNorms"/>
    public Tensor? Take()
    {
        _passes.ForEach(pass => pass.Settle());
        var norms = _passes.Where(pass => pass.SquaredNorms is not null).Select(pass => pass.SquaredNorms!).ToList();
        var taken = norms.Count > 0 ? cat(norms) : null;
        Forget(_ => true);
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => Forget(_ => true);

    private void Forget(Predicate<RecordedPass> isForgotten)
    {
        _passes.FindAll(isForgotten).ForEach(pass => pass.Dispose());
        _passes.RemoveAll(isForgotten);
    }

    private static bool HasGradient(Parameter parameter)
    {
        using var gradient = parameter.grad;
        return gradient is not null;
    }
}
