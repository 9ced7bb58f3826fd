using ModelDsl.Kernels;
using ModelDsl.Tests.Initializations;
using ModelDsl.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>
/// The gradients of a whole network by kernels, and by libtorch's operations alone, against float64. Switches kernels off for
/// all.
/// </summary>
[Collection(nameof(Alone))]
public sealed class NetworkGradientTests
{
    private const int Seeds = 3;

    /// <summary>Enough for kernels at 32x32 and at 16x16 pixels.</summary>
    private const int Images = 10;

    public static TheoryData<string> Choices => ["Batch", "Group", "Instance", "FilterResponse", "Variance"];

    [Theory]
    [MemberData(nameof(Choices))]
    public void Kernels_are_no_farther_from_float64_than_libtorch(string choice)
    {
        var (kernels, operations) = MeanErrors(() => new SmoothResNet(norm: Choice(choice)));
        // Convolutions err most, and that the same with both.
        Assert.True(kernels <= 1.05 * operations, $"Kernels {kernels:E2}, libtorch {operations:E2}.");
    }

    /// <summary>Among millions of ReLUs some flip at the precision of float32, in either way to compute.</summary>
    [Theory]
    [MemberData(nameof(Choices))]
    public void Flipped_ReLUs_are_as_few_as_with_libtorch(string choice)
    {
        var (kernels, operations) = MeanErrors(() => new OpenResNet(depth: 8, norm: Choice(choice)));
        Assert.InRange(kernels, 0, 1e-2);
        Assert.InRange(operations, 0, 1e-2);
    }

    private static (double Kernels, double Operations) MeanErrors(Func<Model<Tensor, Tensor>> build)
    {
        var errors = Enumerable.Range(1, Seeds).Select(seed => Errors(build, seed)).ToList();
        return (errors.Average(error => error.Kernels), errors.Average(error => error.Operations));
    }

    /// <summary>The distance of all gradients together, relative to their norm.</summary>
    private static (double Kernels, double Operations) Errors(Func<Model<Tensor, Tensor>> build, int seed)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(seed);
        using var model = build();
        var images = randn(Images, 3, 32, 32);
        var labels = randint(10, [Images], ScalarType.Int64);
        var kernels = Gradients(model, images, labels, byKernels: true);
        var operations = Gradients(model, images, labels, byKernels: false);
        model.to(ScalarType.Float64);
        var exact = Gradients(model, images.to(ScalarType.Float64), labels, byKernels: false);
        return (Distance(kernels, exact), Distance(operations, exact));
    }

    private static Tensor Gradients(Model<Tensor, Tensor> model, Tensor images, Tensor labels, bool byKernels)
    {
        FusedKernels.IsEnabled = byKernels;
        try
        {
            var loss = nn.functional.cross_entropy(model.call(images), labels);
            var gradients = autograd.grad([loss], [.. model.parameters()]);
            return cat([.. gradients.Select(gradient => gradient.flatten())]).to(ScalarType.Float64);
        }
        finally
        {
            FusedKernels.IsEnabled = true;
        }
    }

    private static double Distance(Tensor actual, Tensor exact) => ((actual - exact).norm() / exact.norm()).item<double>();

    private static Normalization Choice(string name) => name switch
    {
        "Batch" => Normalization.Batch(),
        "Group" => Normalization.Group(channelsPerGroup: 8),
        "Instance" => Normalization.Instance(),
        "Variance" => Normalization.Variance(),
        _ => Normalization.FilterResponse(),
    };
}
