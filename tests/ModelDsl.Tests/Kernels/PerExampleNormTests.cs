using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>The squared norms of each example's own gradient against backward passes of one example each.</summary>
public sealed class PerExampleNormTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => [.. FeatureMapKernels.Names.Where(name => !name.StartsWith("Evo", StringComparison.Ordinal))];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Norms_are_those_of_the_examples_alone(string name)
    {
        foreach (var (shape, groups) in new[] { ((long[])[3, 6, 7, 7], 3), ([5, 9, 4, 4], 9), ([1, 6, 30], 1) })
        {
            foreach (var (weight, bias) in new[] { (true, true), (true, false), (false, true) })
                AssertNorms(name, shape, groups, weight, bias);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Norms_come_with_every_backward_pass_and_with_one_that_keeps_its_graph(string name)
    {
        var delivered = new List<Tensor>();
        var batch = FeatureMapKernels.Case(name, [3, 6, 7, 7], 3, deliver: gradients => delivered.Add(Norms(gradients)));
        batch.KernelResults();
        autograd.grad([batch.Kernel()], [.. batch.Inputs], [batch.Gradient], retain_graph: true, create_graph: true);
        Assert.Equal(2, delivered.Count);
        Close.Assert([delivered[1]], [delivered[0]], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Frozen_parameters_have_no_norms(string name)
    {
        var batch = FeatureMapKernels.Case(name, [3, 6, 7, 7], 3, deliver: _ => Assert.Fail("Delivered."));
        batch.Inputs[1].requires_grad_(false);
        batch.Inputs[2].requires_grad_(false);
        batch.Kernel().backward([batch.Gradient]);
    }

    private static void AssertNorms(string name, long[] shape, int groups, bool weight, bool bias)
    {
        Tensor? norms = null;
        var batch = FeatureMapKernels.Case(name, shape, groups, deliver: gradients => norms = Norms(gradients));
        batch.Inputs[1].requires_grad_(weight);
        batch.Inputs[2].requires_grad_(bias);
        batch.Kernel().backward([batch.Gradient]);
        Close.Assert([norms!], [Alone(batch, weight, bias)], 3e-6);
    }

    private static Tensor Norms(IReadOnlyList<Tensor> gradients) => ExampleGradients.SquaredNorms(gradients).MoveToOuterDisposeScope();

    /// <summary>Each example's gradient by a formula in float64 where the gradient of the other examples is zero.</summary>
    private static Tensor Alone(FormulaCase batch, bool weight, bool bias)
    {
        var all = batch.Gradient;
        var norms = zeros(all.size(0), ScalarType.Float64);
        for (var example = 0; example < all.size(0); example++)
        {
            batch.Gradient = zeros_like(all);
            batch.Gradient[example] = all[example];
            var gradients = batch.FormulaResults();
            if (weight)
                norms[example] += gradients[2].square().sum();
            if (bias)
                norms[example] += gradients[3].square().sum();
        }
        return norms;
    }
}
