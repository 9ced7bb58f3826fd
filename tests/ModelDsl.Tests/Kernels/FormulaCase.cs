using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>A kernel and the formula that it computes, written with libtorch's operations, on the same inputs.</summary>
/// <param name="kernel">The kernel, whatever the policy says.</param>
/// <param name="formula">The formula, in the precision of its inputs.</param>
/// <param name="inputs">All take a gradient; the first is the batch. Null: an optional input is absent.</param>
internal sealed class FormulaCase(Func<Tensor?[], Tensor> kernel, Func<Tensor?[], Tensor> formula, params Tensor?[] inputs)
{
    /// <summary>The inputs that are there.</summary>
    public IReadOnlyList<Tensor> Inputs { get; } = [.. inputs.OfType<Tensor>()];

    /// <summary>The gradient of the output.</summary>
    public Tensor Gradient { get; set; } = Random(inputs[0]!.shape, 91);

    /// <summary>Normally distributed values, the same for the same seed.</summary>
    public static Tensor Random(long[] shape, int seed, double scale = 1, double offset = 0)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, generator: generator).mul_(scale).add_(offset);
    }

    /// <summary>The kernel's output.</summary>
    public Tensor Kernel() => kernel(inputs);

    /// <summary>The formula's output in float32.</summary>
    public Tensor Formula() => formula(inputs);

    /// <summary>Output and gradients of all inputs by the kernel.</summary>
    public Tensor[] KernelResults() => Results(Kernel(), [.. Inputs], Gradient);

    /// <summary>Output and gradients of all inputs by the formula in a precision.</summary>
    public Tensor[] FormulaResults(ScalarType type = ScalarType.Float64)
    {
        var copies = Array.ConvertAll(inputs, input => input?.detach().to(type, copy: true).requires_grad_());
        return Results(formula(copies), [.. copies.OfType<Tensor>()], Gradient.to(type));
    }

    private static Tensor[] Results(Tensor output, Tensor[] inputs, Tensor gradient) =>
        [output.detach(), .. autograd.grad([output], inputs, [gradient])];
}
