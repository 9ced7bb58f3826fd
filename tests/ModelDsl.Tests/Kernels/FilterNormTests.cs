using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

public sealed class FilterNormTests : IDisposable
{
    private const double Tolerance = 2e-6;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(true, 16, 27)]
    [InlineData(true, 3, 8)]
    [InlineData(true, 1, 5000)]
    [InlineData(true, 64, 576)]
    [InlineData(false, 16, 27)]
    [InlineData(false, 64, 576)]
    public void Output_and_gradients_are_those_of_the_formula_in_float64(bool centres, long filters, long length)
    {
        var batch = Case(centres, filters, length);
        Close.Assert(batch.KernelResults(), batch.FormulaResults(), Tolerance);
        using var threads = new Threads(2);
        var two = batch.KernelResults();
        set_num_threads(1);
        Close.AssertSame(batch.KernelResults(), two);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_filter_that_vanishes_has_the_gradient_of_the_norm_at_zero(bool centres)
    {
        var batch = Case(centres, 4, 9);
        using (no_grad())
            batch.Inputs[0][0, 0, 2] = 0;
        var results = batch.KernelResults();
        Assert.Equal(0, results[0][0, 0, 2].abs().max().item<float>());
        Close.Assert(results, Libtorch(batch, centres), Tolerance);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_input_alone_can_take_a_gradient_and_a_gradient_can_be_differentiated_again(bool centres)
    {
        var batch = Case(centres, 5, 18);
        var expected = batch.FormulaResults();
        for (var only = 0; only < 2; only++)
        {
            batch.Inputs[0].requires_grad_(only == 0);
            batch.Inputs[1].requires_grad_(only == 1);
            Close.Assert([autograd.grad([batch.Kernel()], [batch.Inputs[only]], [batch.Gradient])[0]], [expected[1 + only]], Tolerance);
        }
        batch.Inputs[0].requires_grad_();
        Close.Assert(SecondGradients(batch, batch.Kernel()), SecondGradients(batch, batch.Formula()), 1e-5);
    }

    [Fact]
    public void Short_filters_and_those_of_transposed_convolutions_are_composed()
    {
        foreach (var shape in new long[][] { [1, 1, 6, 3], [1, 5, 6, 9], [2, 3, 4, 9] })
        {
            var settings = new FilterNormSettings(true, 1.5, 1e-3);
            var (filters, gain) = (FormulaCase.Random(shape, 1), ones(shape[0], 1, shape[2], 1));
            Close.AssertSame([FilterNorm.Run(settings, filters, gain)], [FilterNorm.Compose(settings, filters, gain)]);
        }
    }

    private static FormulaCase Case(bool centres, long filters, long length) => new(
        x => new FilterNormOperation(new(centres, 1.7, 1e-2)).Run(x),
        x =>
        {
            var centred = centres ? x[0]! - x[0]!.mean([3], keepdim: true) : x[0]!;
            return centred * 1.7 * x[1]! / (centred.square().sum(3, keepdim: true).sqrt() + 1e-2);
        },
        FormulaCase.Random([1, 1, filters, length], 1, 0.1, 0.05).requires_grad_(),
        FormulaCase.Random([1, 1, filters, 1], 2, 0.2, 1).requires_grad_());

    private static Tensor[] Libtorch(FormulaCase batch, bool centres)
    {
        Tensor[] inputs = [.. batch.Inputs.Select(input => input.detach().to(ScalarType.Float64).requires_grad_())];
        var output = FilterNorm.Compose(new(centres, 1.7, 1e-2), inputs[0], inputs[1]);
        return [output.detach(), .. autograd.grad([output], inputs, [batch.Gradient.to(ScalarType.Float64)])];
    }

    private static Tensor[] SecondGradients(FormulaCase batch, Tensor output)
    {
        var first = autograd.grad([output], [.. batch.Inputs], [batch.Gradient], retain_graph: true, create_graph: true);
        return autograd.grad([first[0].square().sum() + first[1].square().sum()], [.. batch.Inputs]).ToArray();
    }
}
