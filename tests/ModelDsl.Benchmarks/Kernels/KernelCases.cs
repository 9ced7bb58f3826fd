using ModelDsl.Kernels;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Benchmarks.Kernels;

/// <summary>The layers that have a kernel.</summary>
internal static class KernelCases
{
    /// <summary>Feature maps of residual networks.</summary>
    public static readonly long[][] Maps = [[64, 16, 28, 28], [64, 64, 28, 28], [128, 32, 14, 14], [64, 512, 7, 7]];

    private static readonly long[][] Sequences = [[8, 256, 384], [32, 64, 256], [8, 512, 768]];

    public static IReadOnlyList<KernelCase> All { get; } =
    [
        new("BN", "batch_norm", Maps, shape => BatchNorm<NoActivation>(shape, adds: false, y => y)),
        new("BN+ReLU", "batch_norm, relu_", Maps, shape => BatchNorm<ReLUActivation>(shape, adds: false, y => y.relu_())),
        new("BN+add", "batch_norm, add_", Maps, shape => BatchNorm<NoActivation>(shape, adds: true, y => y)),
        new("BN+add+ReLU", "batch_norm, add_, relu_", Maps, shape => BatchNorm<ReLUActivation>(shape, adds: true, y => y.relu_())),
        .. GroupNormCases.All,
        .. FeatureMapCases.All,
        new("VN+ReLU", "composed", Maps, shape => VarianceNorm(shape)),
        new("LN", "layer_norm", Sequences, shape => LayerNorm(shape, null)),
        new("TrackedLN", "layer_norm", Sequences, shape => LayerNorm(shape, _ => { })),
        new("RMS", "composed", Sequences, shape => RMSNorm(shape, null)),
        new("TrackedRMS", "composed", Sequences, shape => RMSNorm(shape, _ => { })),
    ];

    private static LayerPair BatchNorm<TActivation>(long[] shape, bool adds, Func<Tensor, Tensor> activation)
        where TActivation : IFusedActivation
    {
        var input = LayerPair.Input(2, 0.5, shape);
        var weight = LayerPair.Input(0.1, 1, shape[1]);
        var bias = LayerPair.Input(0.1, 0, shape[1]);
        var addend = adds ? LayerPair.Input(1, 0, shape) : null;
        var mean = zeros(shape[1]);
        var variance = ones(shape[1]);
        var settings = new ChannelNormSettings(true, 1e-5, 0.1, mean, variance);
        return new(
            addend is null ? [input, weight, bias] : [input, weight, bias, addend],
            () => new ChannelNormOperation<TActivation>(settings).Run(input, weight, bias, addend),
            () => activation(Added(F.batch_norm(input, mean, variance, weight, bias, training: true), addend)));
    }

    /// <summary>value + addend, in place, if there is one.</summary>
    public static Tensor Added(Tensor value, Tensor? addend) => addend is null ? value : value.add_(addend);

    private static LayerPair VarianceNorm(long[] shape)
    {
        var (input, weight, bias) = (LayerPair.Input(2, 0.5, shape), LayerPair.Input(0.1, 1, shape[1]), LayerPair.Input(0.1, 0, shape[1]));
        var settings = new ChannelNormSettings(false, 1e-5, 0.1, null, ones(shape[1]));
        return new(
            [input, weight, bias],
            () => new ChannelNormOperation<ReLUActivation>(settings).Run(input, weight, bias, null),
            () => ChannelNorm.Compose(settings, input, weight, bias).relu_());
    }

    private static LayerPair LayerNorm(long[] shape, Action<Tensor>? deliver)
    {
        var (input, weight, bias) = (LayerPair.Input(2, 0.5, shape), LayerPair.Input(0.1, 1, shape[^1]), LayerPair.Input(0.1, 0, shape[^1]));
        return new(
            [input, weight, bias],
            () => new RowNormOperation<LayerNormRows, NoActivation>(1e-5, deliver).Run(input, weight, bias, null),
            () => F.layer_norm(input, weight.shape, weight, bias));
    }

    private static LayerPair RMSNorm(long[] shape, Action<Tensor>? deliver)
    {
        var (input, weight) = (LayerPair.Input(2, 0.5, shape), LayerPair.Input(0.1, 1, shape[^1]));
        return new(
            [input, weight],
            () => new RowNormOperation<RMSNormRows, NoActivation>(1e-6, deliver).Run(input, weight, null, null),
            () => RowNorms.Compose(input, weight, null, weight.shape, 1e-6));
    }
}
