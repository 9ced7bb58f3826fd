using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Kernels;

/// <summary>A layer computed in two ways from the same inputs, all of which take a gradient.</summary>
/// <param name="Inputs">What the gradients are for; disposed with the pair.</param>
/// <param name="Kernel">The layer by this library's kernel.</param>
/// <param name="Other">The same by libtorch's operations.</param>
internal sealed record LayerPair(IList<Tensor> Inputs, Func<Tensor> Kernel, Func<Tensor> Other) : IDisposable
{
    private readonly Tensor _gradient = Kept(() => randn(Inputs[0].shape));

    /// <summary>A normally distributed input that takes a gradient.</summary>
    public static Tensor Input(double scale, double offset, params long[] shape) =>
        Kept(() => randn(shape).mul_(scale).add_(offset).requires_grad_());

    /// <summary>Forward and all gradients, everything freed at the end.</summary>
    public void Step(Func<Tensor> layer)
    {
        using var scope = NewDisposeScope();
        autograd.grad([layer()], Inputs, [_gradient]);
    }

    /// <summary>
    /// Ensures that outputs and gradients agree, in the mean of squares: among millions of values the sign of one or two that
    /// are almost zero is open, and their ReLU's gradient with it.
    /// </summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public void EnsureAgreement()
    {
        using var scope = NewDisposeScope();
        var (kernel, other) = (Results(Kernel), Results(Other));
        foreach (var (ours, theirs) in kernel.Zip(other))
        {
            var error = ((ours - theirs).norm() / theirs.norm()).item<float>();
            if (!(error < 5e-3))
                throw new InvalidOperationException($"The kernel's results differ by {error:E1}.");
        }
    }

    public void Dispose()
    {
        foreach (var input in Inputs)
            input.Dispose();
        _gradient.Dispose();
    }

    private Tensor[] Results(Func<Tensor> layer)
    {
        var output = layer();
        return [output.detach(), .. autograd.grad([output], Inputs, [_gradient])];
    }

    private static Tensor Kept(Func<Tensor> draw)
    {
        using var scope = NewDisposeScope();
        return draw().DetachFromDisposeScope();
    }
}
