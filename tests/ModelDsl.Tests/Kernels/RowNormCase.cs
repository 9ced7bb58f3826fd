using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Tests.Kernels;

/// <summary>
/// A batch for LayerNorm over the last axes or RMSNorm over the last, and what the kernel and libtorch make of it.
/// </summary>
internal sealed class RowNormCase
{
    private const double Epsilon = 1e-5;

    private readonly bool _activates;

    public RowNormCase(
        long[] shape, bool centres = true, bool adds = false, bool activates = false, double offset = 0.5, int normalizedAxes = 1)
    {
        _activates = activates;
        using var generator = new Generator(17);
        long[] normalized = shape[^normalizedAxes..];
        Input = randn(shape, generator: generator).mul_(2).add_(offset).requires_grad_();
        Weight = randn(normalized, generator: generator).mul_(0.2).add_(1).requires_grad_();
        Bias = centres ? randn(normalized, generator: generator).mul_(0.2).requires_grad_() : null;
        Addend = adds ? randn(shape, generator: generator).requires_grad_() : null;
        Gradient = randn(shape, generator: generator);
    }

    public Tensor Input { get; }

    public Tensor Weight { get; }

    /// <summary>Null: RMSNorm.</summary>
    public Tensor? Bias { get; }

    public Tensor? Addend { get; }

    public Tensor Gradient { get; set; }

    public Tensor[] Inputs => [.. new[] { Input, Weight, Bias, Addend }.OfType<Tensor>()];

    /// <summary>The kernel's output, whatever the policy says.</summary>
    public Tensor Kernel(Action<Tensor>? deliver = null) =>
        RowNorms.Run(Input, Addend, Weight, Bias, Epsilon, _activates ? Activation.ReLU() : null, deliver);

    /// <summary>Output and gradients by the kernel; with <paramref name="tracks"/> the norms at the end.</summary>
    public Tensor[] KernelResults(bool tracks = false)
    {
        List<Tensor> delivered = [];
        var output = Kernel(tracks ? norms => delivered.Add(norms.DetachFromDisposeScope()) : null);
        Tensor[] results = [output.detach(), .. autograd.grad([output], Inputs, [Gradient])];
        return [.. results, .. delivered];
    }

    /// <summary>Output and gradients by libtorch's operations in a precision.</summary>
    public Tensor[] LibtorchResults(ScalarType type)
    {
        Tensor[] inputs = [.. Inputs.Select(input => input.detach().to(type, copy: true).requires_grad_())];
        var output = Libtorch(inputs);
        return [output.detach(), .. autograd.grad([output], inputs, [Gradient.to(type)])];
    }

    /// <summary>The layer by libtorch's operations.</summary>
    public Tensor Libtorch(Tensor[] inputs)
    {
        var (input, weight) = (inputs[0], inputs[1]);
        var output = Bias is null
            ? input / (input.square().mean([-1], keepdim: true) + Epsilon).sqrt() * weight
            : F.layer_norm(input, weight.shape, weight, inputs[2], Epsilon);
        if (Addend is not null)
            output += inputs[^1];
        return _activates ? output.relu() : output;
    }

    /// <summary>The squared gradient norms of weight and bias by one backward pass in float64 for each example.</summary>
    public Tensor SquaredNorms(bool ofWeight = true, bool ofBias = true)
    {
        var norms = zeros(Input.size(0), ScalarType.Float64);
        for (var example = 0; example < Input.size(0); example++)
        {
            var inputs = Inputs.Select(input => input.detach().to(ScalarType.Float64, copy: true)).ToArray();
            inputs[0] = inputs[0].narrow(0, example, 1);
            if (Addend is not null)
                inputs[^1] = inputs[^1].narrow(0, example, 1);
            List<Tensor> counted = [];
            if (ofWeight)
                counted.Add(inputs[1].requires_grad_());
            if (ofBias && Bias is not null)
                counted.Add(inputs[2].requires_grad_());
            var gradient = Gradient.narrow(0, example, 1).to(ScalarType.Float64);
            var own = autograd.grad([Libtorch(inputs)], [.. counted], [gradient]);
            norms[example] = own.Select(found => found.square().sum()).Aggregate((left, right) => left + right);
        }
        return norms;
    }
}
