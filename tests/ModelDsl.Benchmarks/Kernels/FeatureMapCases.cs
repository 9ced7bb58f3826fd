using ModelDsl.Kernels;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Kernels;

/// <summary>Normalizations that libtorch lacks, against what a user of TorchSharp composes.</summary>
internal static class FeatureMapCases
{
    private const int Groups = 8;
    private const double Epsilon = 1e-5;

    /// <summary>Weights of 3x3 convolutions.</summary>
    private static readonly long[][] Weights = [[16, 16, 3, 3], [64, 64, 3, 3], [512, 512, 3, 3]];

    public static IReadOnlyList<KernelCase> All { get; } =
    [
        new("FRN", "operations", KernelCases.Maps, shape => FilterResponseNorm(shape, thresholds: false, adds: false)),
        new("FRN+TLU", "operations", KernelCases.Maps, shape => FilterResponseNorm(shape, thresholds: true, adds: false)),
        new("FRN+add+TLU", "operations", KernelCases.Maps, shape => FilterResponseNorm(shape, thresholds: true, adds: true)),
        new("EvoNormS0", "operations", KernelCases.Maps, EvoNormS0),
        new("EvoNormS1", "operations", KernelCases.Maps, shape => EvoNormWithoutSlope(shape, centres: true)),
        new("EvoNormS2", "operations", KernelCases.Maps, shape => EvoNormWithoutSlope(shape, centres: false)),
        new("EvoNormB0", "operations", KernelCases.Maps, EvoNormB0),
        new("SWS", "operations", Weights, shape => FilterNormed(shape, centres: true)),
        new("WN", "operations", Weights, shape => FilterNormed(shape, centres: false)),
    ];

    private static LayerPair FilterResponseNorm(long[] shape, bool thresholds, bool adds)
    {
        var (input, weight, bias) = Inputs(shape);
        var epsilon = LayerPair.Input(0, Epsilon, 1);
        var threshold = thresholds ? LayerPair.Input(0.1, 0, shape[1]) : null;
        var addend = adds ? LayerPair.Input(1, 0, shape) : null;
        return new(
            [.. new[] { input, weight, bias, epsilon, threshold, addend }.OfType<Tensor>()],
            () => new FilterResponseOperation().Run(input, weight, bias, epsilon, threshold, addend),
            () =>
            {
                var square = input.square().mean([2, 3], keepdim: true);
                var y = input * (square + epsilon.abs()).rsqrt() * View(weight) + View(bias);
                if (addend is not null)
                    y += addend;
                return threshold is null ? y : maximum(y, View(threshold));
            });
    }

    private static LayerPair EvoNormS0(long[] shape)
    {
        var (input, weight, bias) = Inputs(shape);
        var slope = LayerPair.Input(0.1, 1, shape[1]);
        return new(
            [input, weight, bias, slope],
            () => new SampleEvoNormOperation(new(Groups, Centres: true, Epsilon)).Run(input, weight, bias, slope),
            () =>
            {
                var deviation = (Grouped(input).var(2, unbiased: false, keepdim: true) + Epsilon).sqrt();
                var normalized = Grouped(input * sigmoid(View(slope) * input)) / deviation;
                return normalized.reshape(shape) * View(weight) + View(bias);
            });
    }

    private static LayerPair EvoNormWithoutSlope(long[] shape, bool centres)
    {
        var (input, weight, bias) = Inputs(shape);
        return new(
            [input, weight, bias],
            () => new SampleEvoNormOperation(new(Groups, centres, Epsilon)).Run(input, weight, bias, null),
            () =>
            {
                var statistic = centres
                    ? Grouped(input).var(2, unbiased: false, keepdim: true)
                    : Grouped(input).square().mean([2], keepdim: true);
                var normalized = Grouped(nn.functional.silu(input)) / (statistic + Epsilon).sqrt();
                return normalized.reshape(shape) * View(weight) + View(bias);
            });
    }

    private static LayerPair EvoNormB0(long[] shape)
    {
        var (input, weight, bias) = Inputs(shape);
        var slope = LayerPair.Input(0.1, 1, shape[1]);
        var settings = new BatchEvoNormSettings(true, 0, 0, Epsilon, 0.1, ones(shape[1]), Trains: true);
        return new(
            [input, weight, bias, slope],
            () => new BatchEvoNormOperation(settings).Run(input, weight, bias, slope),
            () =>
            {
                var left = (input.var([0, 2, 3], unbiased: false, keepdim: true) + Epsilon).sqrt();
                var right = input * View(slope) + (input.var([2, 3], unbiased: false, keepdim: true) + Epsilon).sqrt();
                return input / maximum(left, right) * View(weight) + View(bias);
            });
    }

    private static LayerPair FilterNormed(long[] shape, bool centres)
    {
        var weight = LayerPair.Input(0.1, 0, [1, 1, shape[0], shape[1] * shape[2] * shape[3]]);
        var gain = LayerPair.Input(0.1, 1, [1, 1, shape[0], 1]);
        var settings = new FilterNormSettings(centres, 1.7, Epsilon);
        return new(
            [weight, gain],
            () => FilterNorm.Run(settings, weight, gain),
            () => FilterNorm.Compose(settings, weight, gain));
    }

    private static (Tensor Input, Tensor Weight, Tensor Bias) Inputs(long[] shape) =>
        (LayerPair.Input(2, 0.5, shape), LayerPair.Input(0.1, 1, shape[1]), LayerPair.Input(0.1, 0, shape[1]));

    private static Tensor Grouped(Tensor input) => input.reshape(input.size(0), Groups, -1);

    private static Tensor View(Tensor values) => values.view(1, -1, 1, 1);
}
