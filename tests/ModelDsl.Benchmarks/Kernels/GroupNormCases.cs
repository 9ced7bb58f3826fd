using ModelDsl.Kernels;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Benchmarks.Kernels;

/// <summary>GroupNorm in eight groups, plain and tracked, against libtorch's, which tracks nothing.</summary>
internal static class GroupNormCases
{
    private const int Groups = 8;
    private const double Epsilon = 1e-5;

    public static IReadOnlyList<KernelCase> All { get; } =
    [
        new("GN", "group_norm", KernelCases.Maps, shape => GroupNorm<NoActivation>(shape, adds: false, y => y)),
        new("GN+ReLU", "group_norm, relu_", KernelCases.Maps, shape => GroupNorm<ReLUActivation>(shape, adds: false, y => y.relu_())),
        new("GN+ReLU tracked", "group_norm, relu_", KernelCases.Maps, shape => GroupNorm<ReLUActivation>(shape, adds: false, y => y.relu_(), gradients => ExampleGradients.SquaredNorms(gradients))),
        new("GN+add+ReLU", "group_norm, add_, relu_", KernelCases.Maps, shape => GroupNorm<ReLUActivation>(shape, adds: true, y => y.relu_())),
    ];

    private static LayerPair GroupNorm<TActivation>(
        long[] shape,
        bool adds,
        Func<Tensor, Tensor> activation,
        Action<IReadOnlyList<Tensor>>? deliver = null)
        where TActivation : IFusedActivation
    {
        var input = LayerPair.Input(2, 0.5, shape);
        var weight = LayerPair.Input(0.1, 1, shape[1]);
        var bias = LayerPair.Input(0.1, 0, shape[1]);
        var addend = adds ? LayerPair.Input(1, 0, shape) : null;
        return new(
            addend is null ? [input, weight, bias] : [input, weight, bias, addend],
            () => new GroupNormOperation<TActivation>(Groups, Epsilon, deliver).Run(input, weight, bias, addend),
            () => activation(KernelCases.Added(F.group_norm(input, Groups, weight, bias, Epsilon), addend)));
    }
}
