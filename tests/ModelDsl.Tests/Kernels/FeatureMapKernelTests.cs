using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>What holds for every kernel of feature maps.</summary>
public sealed class FeatureMapKernelTests : IDisposable
{
    private const double Tolerance = 2e-6;

    private readonly DisposeScope _scope = NewDisposeScope();

    private readonly Threads _threads = new(2);

    public static TheoryData<string> Names => [.. FeatureMapKernels.Names];

    public static TheoryData<string, string, int> Shapes
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var name in FeatureMapKernels.Names)
            {
                foreach (var (shape, groups) in new[]
                {
                    ("3,6,7,7", 3), ("1,6,7,7", 6), ("3,6,14,14", 2), ("1,6,225", 1), ("2,6,2,3,5", 3), ("3,2,19", 1), ("40,9,4,4", 9),
                    ("2,3,70,71", 1), ("64,16,28,28", 8),
                })
                    data.Add(name, shape, groups);
            }
            return data;
        }
    }

    public void Dispose()
    {
        _threads.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Output_and_gradients_are_those_of_the_formula_in_float64(string name, string shape, int groups)
    {
        var batch = FeatureMapKernels.Case(name, [.. shape.Split(',').Select(long.Parse)], groups);
        AssertNoWorse(batch, Tolerance, Close.Error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_large_mean_costs_no_more_accuracy_than_in_libtorch(string name)
    {
        var batch = FeatureMapKernels.Case(name, [4, 6, 14, 14], groups: 2, offset: 300);
        AssertNoWorse(batch, Tolerance, Distance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_do_not_depend_on_the_number_of_threads(string name)
    {
        foreach (var examples in new[] { 1, 7 })
        {
            set_num_threads(2);
            var batch = FeatureMapKernels.Case(name, [examples, 12, 9, 9], groups: 4);
            var two = batch.KernelResults();
            set_num_threads(1);
            Close.AssertSame(batch.KernelResults(), two);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_that_is_not_contiguous_is_taken_as_it_is(string name)
    {
        var batch = FeatureMapKernels.Case(name, [4, 6, 5, 6], groups: 3);
        batch.Gradient = FormulaCase.Random([4, 6, 1, 6], 7).expand(4, 6, 5, 6);
        Close.Assert(batch.KernelResults(), batch.FormulaResults(), Tolerance);
        batch.Gradient = FormulaCase.Random([4, 6, 5, 6], 8).permute(0, 1, 3, 2).contiguous().permute(0, 1, 3, 2);
        Close.Assert(batch.KernelResults(), batch.FormulaResults(), Tolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_input_alone_can_take_a_gradient(string name)
    {
        var batch = FeatureMapKernels.Case(name, [4, 6, 6, 6], groups: 3);
        var expected = batch.FormulaResults();
        for (var only = 0; only < batch.Inputs.Count; only++)
        {
            for (var index = 0; index < batch.Inputs.Count; index++)
                batch.Inputs[index].requires_grad_(index == only);
            batch.Kernel().backward([batch.Gradient]);
            Assert.InRange(Close.Error(batch.Inputs[only].grad!, expected[1 + only]), 0, Tolerance);
            Assert.All(batch.Inputs.Where((_, index) => index != only), input => Assert.Null(input.grad));
            batch.Inputs[only].grad = null;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_gradients_the_output_stands_alone(string name)
    {
        var batch = FeatureMapKernels.Case(name, [4, 6, 6, 6], groups: 3);
        var expected = batch.FormulaResults()[0];
        using var noGrad = no_grad();
        var output = batch.Kernel();
        Assert.False(output.requires_grad);
        Close.Assert([output], [expected], Tolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_values_give_what_the_formula_gives(string name)
    {
        foreach (var value in new[] { 0, 0.1f, -3 })
        {
            var batch = FeatureMapKernels.Case(name, [2, 6, 5, 5], groups: 2);
            using (no_grad())
                batch.Inputs[0].fill_(value);
            AssertNoWorse(batch, 1e-5, Distance);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_accumulate_over_uses_and_over_backward_passes(string name)
    {
        var batch = FeatureMapKernels.Case(name, [4, 6, 6, 6], groups: 3);
        var once = batch.KernelResults()[1..];
        var output = batch.Kernel() + batch.Kernel();
        output.backward([batch.Gradient], retain_graph: true);
        output.backward([batch.Gradient]);
        Close.Assert([.. batch.Inputs.Select(input => input.grad!)], [.. once.Select(gradient => gradient * 4)], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_models_on_two_threads_do_not_disturb_each_other(string name)
    {
        var expected = FeatureMapKernels.Case(name, [8, 6, 14, 14], groups: 3).KernelResults();
        Parallel.For(0, 2, _ =>
        {
            for (var repeat = 0; repeat < 10; repeat++)
            {
                using var scope = NewDisposeScope();
                Close.AssertSame(FeatureMapKernels.Case(name, [8, 6, 14, 14], groups: 3).KernelResults(), expected);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_can_be_differentiated_again(string name)
    {
        var batch = FeatureMapKernels.Case(name, [4, 6, 4, 5], groups: 3);
        batch.Gradient.requires_grad_();
        Close.Assert(SecondGradients(batch, batch.Kernel()), SecondGradients(batch, batch.Formula()), 2e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_input_changed_before_the_backward_pass_is_an_error_that_can_be_caught(string name)
    {
        var batch = FeatureMapKernels.Case(name, [4, 6, 6, 6], groups: 3);
        var output = batch.Kernel();
        using (no_grad())
            batch.Inputs[0].add_(1);
        Assert.Throws<ExternalException>(() => output.backward([batch.Gradient]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_spoils_its_group_as_in_the_formula(string name)
    {
        var batch = FeatureMapKernels.Case(name, [4, 6, 6, 6], groups: 3);
        using (no_grad())
            batch.Inputs[0][1, 1, 2, 2] = float.NaN;
        var (actual, expected) = (batch.KernelResults(), batch.FormulaResults(ScalarType.Float32));
        for (var index = 0; index < 2; index++)
            Assert.True(actual[index].isnan().bytes.SequenceEqual(expected[index].isnan().bytes));
    }

    /// <summary>Asserts that no result is farther from float64 than libtorch's in float32, or than a tolerance.</summary>
    private static void AssertNoWorse(FormulaCase batch, double tolerance, Func<Tensor, Tensor, double> distance)
    {
        var exact = batch.FormulaResults();
        var (actual, libtorch) = (batch.KernelResults(), batch.FormulaResults(ScalarType.Float32));
        for (var index = 0; index < exact.Length; index++)
        {
            var (error, allowed) = (distance(actual[index], exact[index]), distance(libtorch[index], exact[index]));
            Assert.True(error <= Math.Max(2 * allowed, tolerance), $"Result {index}: {error:E2}, libtorch {allowed:E2}.");
        }
    }

    /// <summary>The greatest difference, relative where the magnitude is above 1: gradients may all be zero.</summary>
    private static double Distance(Tensor actual, Tensor exact) =>
        (actual - exact).abs().max().item<double>() / Math.Max(exact.abs().max().item<double>(), 1);

    private static Tensor[] SecondGradients(FormulaCase batch, Tensor output)
    {
        var first = autograd.grad([output], [.. batch.Inputs], [batch.Gradient], retain_graph: true, create_graph: true);
        var total = first.Select(gradient => gradient.square().sum()).Aggregate((left, right) => left + right);
        return [.. first.Select(gradient => gradient.detach()), .. autograd.grad([total], [batch.Inputs[0], batch.Inputs[1], batch.Gradient])];
    }
}
