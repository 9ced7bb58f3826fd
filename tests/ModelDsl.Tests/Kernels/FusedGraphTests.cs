using ModelDsl.Tests.Initializations;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>
/// Kernels as part of a graph, against the same layers in float64, which have no kernel. Changes what all tests share.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FusedGraphTests : IDisposable
{
    private static readonly long[] Shape = [16, 16, 20, 20];

    private static readonly Dictionary<string, Func<NormalizationLayer>> Layers = new()
    {
        ["BatchNorm"] = () => NormalizationLayers.BatchNorm("Test", 16, activation: Activation.ReLU()),
        ["GroupNorm"] = () => NormalizationLayers.GroupNorm("Test", 16, groups: 4, activation: Activation.ReLU()),
        ["LayerNorm"] = () => NormalizationLayers.LayerNorm("Test", 20),
        ["LayerNorm ReLU"] = () => NormalizationLayers.LayerNorm("Test", 20, activation: Activation.ReLU()),
        ["RMSNorm"] = () => NormalizationLayers.RMSNorm("Test", 20),
        ["FilterResponseNorm"] = () => NormalizationLayers.FilterResponseNorm("Test", 16, thresholded: true),
    };

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => [.. Layers.Keys];

    public void Dispose() => _scope.Dispose();

    /// <summary>
    /// The addend depends on the same tensor as the input, is the input, or the layer runs twice; the gradient comes permuted.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_gradients_count_each_path_once(string name)
    {
        Func<NormalizationLayer, Tensor, Tensor>[] graphs =
        [
            (layer, x) => layer.call(x * 1.5 + 0.5, x),
            (layer, x) => layer.call(x, x),
            (layer, x) => layer.call(layer.call(x)),
            (layer, x) => layer.call(x * 0.5, x).permute(0, 2, 3, 1).mul(2),
        ];
        foreach (var graph in graphs)
        {
            using var layer = Layers[name]();
            using var exact = Layers[name]();
            exact.to(ScalarType.Float64);
            Close.Assert([Curvature(graph, layer, ScalarType.Float32)], [Curvature(graph, exact, ScalarType.Float64)], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_graph_is_retained_if_that_is_wanted(string name)
    {
        using var layer = Layers[name]();
        var input = FormulaCase.Random(Shape, 1).requires_grad_();
        var loss = Loss(layer.call(input));
        loss.backward(retain_graph: true);
        var once = input.grad!.clone();
        loss.backward();
        Close.Assert([input.grad!], [once * 2], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_graph_that_is_not_retained_gives_no_second_gradient(string name)
    {
        using var layer = Layers[name]();
        var output = layer.call(FormulaCase.Random(Shape, 1).requires_grad_());
        // A sum keeps nothing, so that it would pass a second gradient on.
        output.sum().backward();
        Assert.ThrowsAny<Exception>(() => output.sum().backward());
    }

    /// <summary>As behind libtorch's own functions: otherwise the gradients come on top of all activations.</summary>
    [Fact]
    public void A_backward_pass_frees_the_activations()
    {
        using var layer = NormalizationLayers.BatchNorm("Test", 16);
        var leaf = randn(1, 16, 1, 1).requires_grad_();
        Tensor output;
        using (var input = Activations(leaf))
            output = layer.call(input);
        GC.Collect();
        var before = Environment.WorkingSet;
        output.sum().backward();
        // TorchSharp's handle of the input's gradient goes with the next kernel.
        using (no_grad())
            layer.call(randn(1, 16, 128, 128)).Dispose();
        // The input is 64 MB. The output remains.
        Assert.InRange(before - Environment.WorkingSet, 40 << 20, long.MaxValue);
        Assert.False(output.IsInvalid);
    }

    [Fact]
    public void The_default_type_does_not_matter()
    {
        using var layer = NormalizationLayers.GroupNorm("Test", 16, groups: 4);
        var input = FormulaCase.Random(Shape, 1).requires_grad_();
        var expected = Gradients(layer, input);
        set_default_dtype(ScalarType.Float64);
        try
        {
            Close.AssertSame(Gradients(layer, input), expected);
        }
        finally
        {
            set_default_dtype(ScalarType.Float32);
        }
    }

    [Fact]
    public void Values_at_the_threshold_give_half_of_the_gradient_also_behind_an_addend()
    {
        using var layer = NormalizationLayers.FilterResponseNorm("Test", 16, thresholded: true);
        // A branch that starts at zero, behind which a rectified shortcut comes: most sums are exactly tau.
        nn.init.zeros_(layer.weight);
        var addend = FormulaCase.Random(Shape, 2).relu().requires_grad_();
        var output = layer.call(FormulaCase.Random(Shape, 1), addend);
        output.backward([ones(Shape)]);
        var expected = addend.detach().gt(0).to(ScalarType.Float32).mul(0.5).add(0.5);
        Close.AssertSame([addend.grad!], [expected]);
        Close.Assert([layer.tau!.grad!], [(1 - expected).sum([0, 2, 3])], 1e-6);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(1e-5f, float.NaN)]
    public void A_parameter_that_is_not_a_number_makes_the_output_none(float epsilon, float threshold)
    {
        using var layer = NormalizationLayers.FilterResponseNorm("Test", 16, thresholded: true);
        using (no_grad())
        {
            layer.eps.fill_(epsilon);
            layer.tau!.fill_(threshold);
        }
        var output = layer.call(FormulaCase.Random(Shape, 1));
        Assert.True(output.isnan().all().item<bool>());
        output.sum().backward();
        Assert.True(layer.weight.grad!.isnan().all().item<bool>() || float.IsNaN(threshold));
    }

    /// <summary>The gradient of the squared norm of the gradient.</summary>
    private static Tensor Curvature(Func<NormalizationLayer, Tensor, Tensor> graph, NormalizationLayer layer, ScalarType type)
    {
        var input = FormulaCase.Random(Shape, 1).to(type).requires_grad_();
        var first = autograd.grad([Loss(graph(layer, input))], [input], retain_graph: true, create_graph: true)[0];
        return autograd.grad([first.square().sum()], [input])[0];
    }

    private static Tensor[] Gradients(NormalizationLayer layer, Tensor input) =>
        [.. autograd.grad([Loss(layer.call(input))], [input, .. layer.AffineParameters])];

    private static Tensor Loss(Tensor output) => output.sin().sum();

    /// <summary>64 MB that only the graph holds.</summary>
    private static Tensor Activations(Tensor leaf)
    {
        using var scope = NewDisposeScope();
        return (leaf + randn(64, 16, 128, 128)).MoveToOuterDisposeScope();
    }
}
