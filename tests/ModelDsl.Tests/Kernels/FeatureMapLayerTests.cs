using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>Layers that compute by a kernel against themselves in float64, which never do.</summary>
public sealed class FeatureMapLayerTests : IDisposable
{
    private static readonly long[] Shape = [24, 16, 15, 15];

    private readonly DisposeScope _scope = NewDisposeScope();

    private static readonly Dictionary<string, Func<NormalizationLayer>> Layers = new()
    {
        ["GroupNorm"] = () => NormalizationLayers.GroupNorm("Test", 16, groups: 4, epsilon: 1e-3),
        ["GroupNorm ReLU"] = () => NormalizationLayers.GroupNorm("Test", 16, groups: 4, activation: Activation.ReLU()),
        ["GroupNorm tanh"] = () => NormalizationLayers.GroupNorm("Test", 16, groups: 1, activation: Activation.Tanh()),
        ["InstanceNorm ReLU"] = () => NormalizationLayers.InstanceNorm("Test", 16, epsilon: 1e-3, activation: Activation.ReLU()),
        ["FilterResponseNorm"] = () => NormalizationLayers.FilterResponseNorm("Test", 16, epsilon: 1e-2),
        ["FilterResponseNorm thresholded"] = () => NormalizationLayers.FilterResponseNorm("Test", 16, thresholded: true),
        ["EvoNormS0"] = () => NormalizationLayers.EvoNormS0("Test", 16, groups: 2, epsilon: 1e-3),
        ["EvoNormS1"] = () => NormalizationLayers.EvoNormS1("Test", 16, groups: 4),
        ["EvoNormS2"] = () => NormalizationLayers.EvoNormS2("Test", 16, groups: 16),
        ["EvoNormB0"] = () => NormalizationLayers.EvoNormB0("Test", 16),
        ["EvoNormB1"] = () => NormalizationLayers.EvoNormB1("Test", 16, epsilon: 1e-3),
        ["EvoNormB2"] = () => NormalizationLayers.EvoNormB2("Test", 16, momentum: 0.3),
        ["EvoNormB0 evaluated"] = () => Evaluated(NormalizationLayers.EvoNormB0("Test", 16)),
        ["EvoNormB2 evaluated"] = () => Evaluated(NormalizationLayers.EvoNormB2("Test", 16)),
        ["TrackedGroupNorm"] = () => NormalizationLayers.TrackedGroupNorm("Test", 16, groups: 4, activation: Activation.ReLU()),
        ["TrackedInstanceNorm"] = () => NormalizationLayers.TrackedInstanceNorm("Test", 16),
        ["TrackedFilterResponseNorm"] = () => NormalizationLayers.TrackedFilterResponseNorm("Test", 16, thresholded: true),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kernel_computes_what_the_layer_composes(string name)
    {
        foreach (var adds in new[] { false, true })
        {
            using var layer = Layers[name]();
            using var exact = Layers[name]();
            exact.to(ScalarType.Float64);
            Close.Assert(Results(layer, ScalarType.Float32, adds), Results(exact, ScalarType.Float64, adds), 3e-6);
        }
    }

    [Theory]
    [InlineData("64,16,28,28", true)]
    [InlineData("64,16,28", false)] // too small
    [InlineData("40000,16", false)] // no positions
    [InlineData("4000,16,1,3", false)] // too few positions
    public void The_kernels_run_where_they_are_worth_it(string shape, bool runs)
    {
        var batch = randn([.. shape.Split(',').Select(long.Parse)]);
        AssertRuns(batch, null, runs);
    }

    [Fact]
    public void The_kernels_leave_other_types_and_layouts_to_libtorch()
    {
        var batch = randn(64, 16, 28, 28);
        AssertRuns(batch.to(ScalarType.Float64), null, false);
        AssertRuns(batch.permute(0, 1, 3, 2), null, false);
        AssertRuns(batch, randn(1, 16, 28, 28), false);
    }

    [Theory]
    [InlineData("TrackedGroupNorm")]
    [InlineData("TrackedInstanceNorm")]
    [InlineData("TrackedFilterResponseNorm")]
    public void A_second_backward_pass_through_the_graph_adds_up_as_the_gradient_does(string name)
    {
        using var layer = Layers[name]();
        var tracked = (ITrackedNormalization)layer;
        var (input, gradient) = (FormulaCase.Random(Shape, 1), FormulaCase.Random(Shape, 2));
        layer.call(input).backward([gradient]);
        var once = tracked.TakePerExampleSquaredGradientNorms()!;

        var output = layer.call(input);
        output.backward([gradient], retain_graph: true);
        output.backward([gradient]);
        Close.Assert([tracked.TakePerExampleSquaredGradientNorms()!], [once * 4], 1e-6);
    }

    [Fact]
    public void Norms_of_a_kernel_are_recorded_forgotten_and_freed_as_others_are()
    {
        using var layer = Layers["TrackedGroupNorm"]();
        var tracked = (ITrackedNormalization)layer;
        var (input, gradient) = (FormulaCase.Random(Shape, 1), FormulaCase.Random(Shape, 2));
        layer.call(input).backward([gradient]);
        layer.call(input).backward([gradient]);
        Assert.Equal([48L], tracked.TakePerExampleSquaredGradientNorms()!.shape);
        Assert.Null(tracked.TakePerExampleSquaredGradientNorms());

        layer.call(input).backward([gradient]);
        layer.zero_grad();
        layer.call(input).backward([gradient]);
        Assert.Equal([24L], tracked.TakePerExampleSquaredGradientNorms()!.shape);

        var live = new List<long>();
        for (var step = 0; step < 20; step++)
        {
            using (NewDisposeScope())
            {
                layer.call(input).backward([gradient]);
                tracked.TakePerExampleSquaredGradientNorms();
            }
            live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
        Assert.Equal(live[0], live[^1]);
    }

    private static void AssertRuns(Tensor batch, Tensor? addend, bool runs)
    {
        var values = ones(batch.size(1));
        Assert.Equal(runs, GroupNorm.TryRun(batch, addend, 4, values, values, 1e-5, null) is not null);
        Assert.Equal(runs, FilterResponse.TryRun(batch, addend, values, values, ones(1), values) is not null);
        Assert.Equal(runs, EvoNorm.TryRun(new SampleEvoNormSettings(4, true, 1e-5), batch, addend, values, values, values) is not null);
        var settings = new BatchEvoNormSettings(true, 0, 0, 1e-5, 0.1, ones(batch.size(1)), true);
        Assert.Equal(runs, EvoNorm.TryRun(settings, batch, addend, values, values, values) is not null);
    }

    /// <summary>
    /// Output, gradients, running statistics and, of a tracked layer, norms, with other parameters than a new layer's.
    /// </summary>
    private static Tensor[] Results(NormalizationLayer layer, ScalarType type, bool adds)
    {
        Randomize(layer);
        var input = FormulaCase.Random(Shape, 1, 2, 0.5).to(type).requires_grad_();
        var addend = FormulaCase.Random(Shape, 2).to(type).requires_grad_();
        var output = adds ? layer.call(input, addend) : layer.call(input);
        output.backward([FormulaCase.Random(Shape, 3).to(type)]);
        Tensor[] taking = [.. adds ? [input, addend] : (Tensor[])[input], .. layer.parameters()];
        var norms = (layer as ITrackedNormalization)?.TakePerExampleSquaredGradientNorms();
        var gradients = taking.Select(parameter => parameter.grad!);
        return [output.detach(), .. gradients, .. layer.buffers(), .. norms is null ? (Tensor[])[] : [norms]];
    }

    private static T Evaluated<T>(T layer)
        where T : NormalizationLayer
    {
        layer.eval();
        return layer;
    }

    private static void Randomize(NormalizationLayer layer)
    {
        var seed = 10;
        using var noGrad = no_grad();
        foreach (var (_, parameter) in layer.named_parameters())
            parameter.add_(FormulaCase.Random(parameter.shape, seed++, 0.2).to(parameter.dtype));
    }
}
