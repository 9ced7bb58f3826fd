using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Tests.Kernels;

/// <summary>A batch for BatchNorm or VarianceNorm, and what the kernel and libtorch make of it.</summary>
internal sealed class ChannelNormCase
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;

    private readonly bool _centres;
    private readonly bool _activates;

    public ChannelNormCase(long[] shape, bool centres = true, bool adds = false, bool activates = false, double offset = 0.5)
    {
        (_centres, _activates) = (centres, activates);
        using var generator = new Generator(17);
        var channels = shape[1];
        Input = randn(shape, generator: generator).mul_(2).add_(offset).requires_grad_();
        Weight = randn(channels, generator: generator).mul_(0.2).add_(1).requires_grad_();
        Bias = randn(channels, generator: generator).mul_(0.2).requires_grad_();
        Addend = adds ? randn(shape, generator: generator).requires_grad_() : null;
        Gradient = randn(shape, generator: generator);
        RunningMean = randn(channels, generator: generator);
        RunningVariance = rand(channels, generator: generator).add_(0.5);
    }

    public Tensor Input { get; }

    public Tensor Weight { get; }

    public Tensor Bias { get; }

    public Tensor? Addend { get; }

    public Tensor Gradient { get; set; }

    public Tensor RunningMean { get; }

    public Tensor RunningVariance { get; }

    public IReadOnlyList<Tensor> Inputs => Addend is null ? [Input, Weight, Bias] : [Input, Weight, Bias, Addend];

    /// <summary>The kernel's output, whatever the policy says.</summary>
    public Tensor Kernel()
    {
        var settings = new ChannelNormSettings(_centres, Epsilon, Momentum, _centres ? RunningMean : null, RunningVariance);
        return _activates
            ? new ChannelNormOperation<ReLUActivation>(settings).Run(Input, Weight, Bias, Addend)
            : new ChannelNormOperation<NoActivation>(settings).Run(Input, Weight, Bias, Addend);
    }

    /// <summary>Output, running statistics and gradients by the kernel.</summary>
    public Tensor[] KernelResults()
    {
        var (mean, variance) = (RunningMean.clone(), RunningVariance.clone());
        var output = Kernel();
        var results = Results(output, RunningMean.clone(), RunningVariance.clone(), [.. Inputs], Gradient);
        RunningMean.copy_(mean);
        RunningVariance.copy_(variance);
        return results;
    }

    /// <summary>The same by libtorch's operations in a precision.</summary>
    public Tensor[] LibtorchResults(ScalarType type)
    {
        Tensor[] inputs = [.. Inputs.Select(input => input.detach().to(type, copy: true).requires_grad_())];
        var (mean, variance) = (RunningMean.to(type, copy: true), RunningVariance.to(type, copy: true));
        var output = Libtorch(inputs, mean, variance);
        return Results(output, mean, variance, inputs, Gradient.to(type));
    }

    /// <summary>The layer by libtorch's operations.</summary>
    public Tensor Libtorch(IReadOnlyList<Tensor> inputs, Tensor mean, Tensor variance)
    {
        var output = _centres
            ? F.batch_norm(inputs[0], mean, variance, inputs[1], inputs[2], training: true, Momentum, Epsilon)
            : Uncentred(inputs, variance);
        if (Addend is not null)
            output += inputs[3];
        return _activates ? output.relu() : output;
    }

    private static Tensor Uncentred(IReadOnlyList<Tensor> inputs, Tensor runningVariance)
    {
        var input = inputs[0];
        long[] axes = [0, .. Enumerable.Range(2, (int)input.dim() - 2)];
        long[] shape = [1, -1, .. Enumerable.Repeat(1L, (int)input.dim() - 2)];
        var variance = (input - input.mean(axes, keepdim: true)).square().mean(axes, keepdim: true);
        using (no_grad())
            runningVariance.mul_(1 - Momentum).add_(variance.flatten() * Momentum);
        return input / (variance + Epsilon).sqrt() * inputs[1].view(shape) + inputs[2].view(shape);
    }

    private static Tensor[] Results(Tensor output, Tensor mean, Tensor variance, Tensor[] inputs, Tensor gradient) =>
        [output.detach(), mean, variance, .. autograd.grad([output], inputs, [gradient])];
}
