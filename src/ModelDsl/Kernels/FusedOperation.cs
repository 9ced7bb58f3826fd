using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// One call of a kernel in the autograd graph: computes the output, keeps what the backward pass needs, and computes the
/// gradients. An object serves one call.
/// </summary>
/// <remarks>
/// <para>
/// An exception may not leave a backward pass of TorchSharp's: it would end the process. If one is met, the gradient is
/// given a wrong shape, which libtorch itself reports as an error of <c>backward()</c>, and the reason is written to
/// <see cref="Trace"/>.
/// </para>
/// <para>
/// With <c>create_graph</c>, gradients come from <see cref="Compose"/>, by operations that libtorch differentiates again.
/// </para>
/// </remarks>
internal abstract class FusedOperation
{
    /// <summary>
    /// The gradients last handed to libtorch by this thread. Their handles here have to outlive the return to it and no more:
    /// libtorch holds its own.
    /// </summary>
    [ThreadStatic]
    private static List<Tensor>? handedOver;

    private readonly List<Tensor> _saved = [];
    private bool[] _needed = [];
    private bool _isFreed;

    /// <summary>Computes the output and enters the call into the graph if an input takes a gradient.</summary>
    /// <param name="inputs">
    /// The tensors, in the order of the gradients that <see cref="Differentiate"/> returns; null for an absent one.
    /// </param>
    /// <returns>A new tensor, in the dispose scope of the caller, if any.</returns>
    public Tensor Run(params Tensor?[] inputs)
    {
        ReleaseHandedOver();
        using var scope = NewDisposeScope();
        _needed = is_grad_enabled() ? Array.ConvertAll(inputs, TakesGradient) : new bool[inputs.Length];
        // The scope also ends the buffer as large as the output that TorchSharp reserves for gradients that are absent.
        var output = NeedsAny ? FusedFunction.apply([this, .. inputs]) : Compute(inputs);
        _saved.Clear();
        // Kernels hold pointers into the inputs, which don't keep the garbage collector from finalizing them.
        GC.KeepAlive(inputs);
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>Called by <see cref="FusedFunction"/>: the output, and what is saved.</summary>
    internal Tensor Forward(autograd.AutogradContext context, ReadOnlySpan<object?> inputs)
    {
        var tensors = new Tensor?[inputs.Length];
        for (var index = 0; index < inputs.Length; index++)
            tensors[index] = (Tensor?)inputs[index];
        var output = Compute(tensors);
        context.set_materialize_grads(false);
        context.save_for_backward(_saved);
        return output;
    }

    /// <summary>Called by <see cref="FusedFunction"/>: the gradients of the inputs. Throws nothing.</summary>
    internal List<Tensor?> Backward(autograd.AutogradContext context, Tensor gradient)
    {
        ReleaseHandedOver();
        using var scope = NewDisposeScope();
        var gradients = new Tensor?[_needed.Length];
        try
        {
            if (!gradient.IsInvalid)
                gradients = Gradients(Saved(context), gradient);
        }
        catch (Exception exception)
        {
            Trace.TraceError($"The backward pass of {GetType().Name} failed. {exception}");
            gradients[Array.IndexOf(_needed, true)] = zeros([]);
        }
        gradient.Dispose();
        if (!BackwardPass.KeepsGraph)
            Free(context);
        return HandOver(gradients);
    }

    /// <summary>Whether the gradient of an input is wanted.</summary>
    protected bool Needs(int input) => _needed[input];

    /// <summary>Whether any gradient is wanted: otherwise nothing has to be saved.</summary>
    protected bool NeedsAny => Array.Exists(_needed, needed => needed);

    /// <summary>
    /// Keeps a tensor, an input or the output, for <see cref="Differentiate"/>; nothing if no gradient is wanted.
    /// </summary>
    protected void Save(Tensor? tensor)
    {
        if (NeedsAny)
            _saved.Add(tensor!);
    }

    /// <summary>Computes the output, a new contiguous tensor, without autograd, and saves what the gradients need.</summary>
    protected abstract Tensor Compute(ReadOnlySpan<Tensor?> inputs);

    /// <summary>Computes the gradients by the kernel.</summary>
    /// <param name="saved">What was saved, in that order.</param>
    /// <param name="gradient">The gradient of the output: contiguous.</param>
    /// <returns>As many as there are inputs; null for an input that is not <see cref="Needs">needed</see>.</returns>
    protected abstract Tensor?[] Differentiate(IReadOnlyList<Tensor> saved, Tensor gradient);

    /// <summary>Computes the gradients by operations that libtorch can differentiate again.</summary>
    /// <param name="saved">What was saved, with its history.</param>
    /// <param name="gradient">The gradient of the output, with its history.</param>
    /// <returns>As many as there are inputs; null for an input that is not <see cref="Needs">needed</see>.</returns>
    protected abstract Tensor?[] Compose(IReadOnlyList<Tensor> saved, Tensor gradient);

    /// <summary>
    /// The gradients of the first inputs as libtorch has them, differentiable in turn; null for one that isn't needed.
    /// </summary>
    protected Tensor?[] GradientsOf(Tensor output, IReadOnlyList<Tensor> firstInputs, Tensor gradient)
    {
        var gradients = new Tensor?[firstInputs.Count];
        var needed = Enumerable.Range(0, firstInputs.Count).Where(Needs).ToArray();
        if (needed.Length == 0)
            return gradients;
        Tensor[] inputs = [.. needed.Select(input => firstInputs[input])];
        // TorchSharp frees the graph unless told to retain it, whatever create_graph says.
        var found = autograd.grad([output], inputs, [gradient], retain_graph: true, create_graph: true);
        for (var index = 0; index < needed.Length; index++)
            gradients[needed[index]] = found[index];
        return gradients;
    }

    /// <summary>
    /// Runs the kernel's backward pass for what it delivers besides: the examples' gradients come from it even where the others
    /// are composed.
    /// </summary>
    protected void DeliverOnly(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        using var noGradients = no_grad();
        Differentiate(saved, gradient.contiguous());
    }

    private Tensor?[] Gradients(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        // One saved tensor may be another, or computed from it: through views the gradients of this call alone are found.
        // Tensor.alias is no view but a second handle.
        if (is_grad_enabled())
            return Compose([.. saved.Select(tensor => tensor.view(tensor.shape))], gradient);
        // A gradient that was expanded, as that of a mean or a sum is, isn't contiguous.
        return Differentiate(saved, gradient.contiguous());
    }

    private List<Tensor> Saved(autograd.AutogradContext context) => _isFreed
        ? throw new InvalidOperationException(
            "An earlier backward pass has freed what this one needs; it should be told to retain the graph.")
        : context.get_saved_variables();

    /// <summary>
    /// Lets go of what was saved, as libtorch's own functions do behind a backward pass that doesn't retain the graph: so the
    /// gradients take the place of the activations.
    /// </summary>
    private void Free(autograd.AutogradContext context)
    {
        _isFreed = true;
        context.Dispose();
    }

    private static List<Tensor?> HandOver(Tensor?[] gradients)
    {
        handedOver ??= [];
        foreach (var gradient in gradients)
        {
            if (gradient is not null)
                handedOver.Add(gradient.MoveToOuterDisposeScope());
        }
        // The operation itself is the first argument, and has no gradient.
        return [null, .. gradients];
    }

    private static void ReleaseHandedOver()
    {
        handedOver?.ForEach(gradient => gradient.Dispose());
        handedOver?.Clear();
    }

    private static bool TakesGradient(Tensor? input) => input is not null && input.requires_grad;
}
