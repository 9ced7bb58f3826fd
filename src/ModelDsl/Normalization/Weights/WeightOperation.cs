using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>What a weight layer does with its weight.</summary>
internal abstract class WeightOperation
{
    /// <summary>The operation of a layer.</summary>
    /// <exception cref="ArgumentException">It is no convolution and no linear layer.</exception>
    public static WeightOperation Of(nn.Module<Tensor, Tensor> host) => host switch
    {
        Linear => new LinearOperation(),
        Convolution { transposed: true } convolution => new TransposedConvolutionOperation(convolution),
        Convolution convolution => new ConvolutionOperation(convolution),
        null => throw new ArgumentNullException(nameof(host)),
        _ => throw new ArgumentException(
            $"A weight can be normalized in Linear, Conv1d to Conv3d and ConvTranspose1d to ConvTranspose3d, not in "
                + $"{host.GetName()}.",
            nameof(host)),
    };

    /// <summary>The parameters of a layer that has an operation.</summary>
    public static (Parameter Weight, Parameter? Bias) Parameters(nn.Module<Tensor, Tensor> host) => host is Linear linear
        ? (linear.weight, linear.bias)
        : (((Convolution)host).weight, ((Convolution)host).bias);

    /// <summary>The number of output channels.</summary>
    public virtual long Outputs(Tensor weight) => weight.size(0);

    /// <summary>The number of weights that a value of the output is computed from.</summary>
    public virtual long FanIn(Tensor weight) => weight.numel() / weight.size(0);

    /// <summary>A weight as <c>[G, I, O, K]</c>, where an output channel's filter lies along axes 1 and 3.</summary>
    public virtual Tensor Filters(Tensor weight) => weight.reshape(1, 1, weight.size(0), -1);

    /// <summary>Applies a weight and a bias to an input.</summary>
    public abstract Tensor Apply(Tensor input, Tensor weight, Tensor? bias);

    private sealed class LinearOperation : WeightOperation
    {
        public override Tensor Apply(Tensor input, Tensor weight, Tensor? bias) => F.linear(input, weight, bias);
    }
}
