using System.Runtime.InteropServices;
using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

public sealed class RowNormTests : IDisposable
{
    private const double Tolerance = 1.5e-6;

    private readonly DisposeScope _scope = NewDisposeScope();

    private readonly Threads _threads = new(2);

    public void Dispose()
    {
        _threads.Dispose();
        _scope.Dispose();
    }

    /// <summary>
    /// Examples, positions, elements: rows in fours and not, slices of one example, of several and parts of one.
    /// </summary>
    public static TheoryData<string> Shapes =>
    [
        "1,8", "3,16", "70,17", "5,255", "2,1,256", "1,3,384", "3,3,17", "5,2,3,16", "2,40,255", "1,300,16", "40,9,24", "70,5,33",
        "150,384", "3,64,256",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Output_gradients_and_norms_are_libtorchs(string shape)
    {
        foreach (var centres in new[] { true, false })
        {
            foreach (var adds in new[] { false, true })
            {
                foreach (var activates in new[] { false, true })
                    AssertAccurate(new(Sizes(shape), centres, adds, activates));
            }
        }
    }

    [Theory]
    [InlineData("4,3,5,6", 2)]
    [InlineData("2,3,5,6", 3)]
    [InlineData("5,6", 2)]
    public void The_last_axes_together_are_a_row(string shape, int normalizedAxes)
    {
        var batch = new RowNormCase(Sizes(shape), normalizedAxes: normalizedAxes);
        Close.Assert(batch.KernelResults(), batch.LibtorchResults(ScalarType.Float64), Tolerance);
    }

    [Theory]
    [InlineData("3,40,255", false)]
    [InlineData("70,5,33", true)]
    [InlineData("1,300,16", false)]
    public void Results_do_not_depend_on_the_number_of_threads(string shape, bool activates)
    {
        foreach (var tracks in new[] { true, false })
        {
            var batch = new RowNormCase(Sizes(shape), activates: activates);
            set_num_threads(1);
            var one = batch.KernelResults(tracks);
            foreach (var threads in new[] { 2, 3, 7 })
            {
                set_num_threads(threads);
                Close.AssertSame(batch.KernelResults(tracks), one);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_large_mean_costs_no_more_accuracy_than_in_libtorch(bool centres)
    {
        var batch = new RowNormCase([6, 4, 255], centres, offset: 1e4);
        var exact = batch.LibtorchResults(ScalarType.Float64);
        var errors = batch.KernelResults().Zip(exact, Close.Error).ToArray();
        var libtorch = batch.LibtorchResults(ScalarType.Float32).Zip(exact, Close.Error).ToArray();
        for (var index = 0; index < errors.Length; index++)
            Assert.True(errors[index] <= Math.Max(libtorch[index], Tolerance), $"Result {index}: {errors[index]:E2}, libtorch {libtorch[index]:E2}.");
    }

    [Fact]
    public void Rows_of_equal_values_give_the_bias()
    {
        var batch = new RowNormCase([3, 5, 21]);
        using (no_grad())
            batch.Input[1] = 12345.678f;
        var results = batch.KernelResults(tracks: true);
        Close.Assert([results[0][1]], [batch.Bias!.expand(5, 21)], 1e-6);
        Assert.All(results, result => Assert.True(result.isfinite().all().item<bool>()));

        var zeros = new RowNormCase([3, 5, 21], centres: false);
        using (no_grad())
            zeros.Input.zero_();
        Close.Assert(zeros.KernelResults(), zeros.LibtorchResults(ScalarType.Float64), Tolerance);
    }

    [Fact]
    public void A_gradient_that_is_not_contiguous_is_taken_as_it_is()
    {
        var batch = new RowNormCase([4, 3, 17], activates: true) { Gradient = randn(4, 1, 17).expand(4, 3, 17) };
        AssertAccurate(batch);
        batch.Gradient = randn(17, 3, 4).permute(2, 1, 0);
        AssertAccurate(batch);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_input_alone_can_take_a_gradient(int only)
    {
        foreach (var activates in new[] { true, false })
        {
            var batch = new RowNormCase([4, 3, 18], adds: true, activates: activates);
            var (inputs, expected) = (batch.Inputs, batch.LibtorchResults(ScalarType.Float64)[1 + only]);
            for (var index = 0; index < 4; index++)
                inputs[index].requires_grad_(index == only);
            List<Tensor> norms = [];
            batch.Kernel(norms.Add).backward([batch.Gradient]);
            Assert.True(Close.Error(inputs[only].grad!, expected) < Tolerance);
            Assert.All(inputs.Where((_, index) => index != only), input => Assert.Null(input.grad));
            Assert.Equal(only is 1 or 2 ? 1 : 0, norms.Count);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Norms_leave_a_frozen_parameter_out(bool ofWeight, bool ofBias)
    {
        foreach (var shape in new[] { "3,40,17", "70,5,33" })
        {
            var batch = new RowNormCase(Sizes(shape));
            var expected = batch.SquaredNorms(ofWeight, ofBias);
            batch.Weight.requires_grad_(ofWeight);
            batch.Bias!.requires_grad_(ofBias);
            Tensor? norms = null;
            batch.Kernel(found => norms = found.DetachFromDisposeScope()).backward([batch.Gradient]);
            Close.Assert([norms!], [expected], Tolerance);
        }
    }

    [Fact]
    public void Without_gradients_the_output_stands_alone()
    {
        var batch = new RowNormCase([4, 3, 18], adds: true, activates: true);
        var expected = batch.LibtorchResults(ScalarType.Float64)[0];
        using var noGrad = no_grad();
        var output = batch.Kernel(_ => Assert.Fail("There is no backward pass."));
        Assert.False(output.requires_grad);
        Close.Assert([output], [expected], Tolerance);
    }

    [Fact]
    public void Each_backward_pass_delivers_and_a_discarded_graph_does_not()
    {
        var batch = new RowNormCase([4, 9, 24]);
        var (expected, delivered) = (batch.SquaredNorms(), new List<Tensor>());
        void Deliver(Tensor norms) => delivered.Add(norms.DetachFromDisposeScope());
        batch.Kernel(Deliver).Dispose();
        Assert.Empty(delivered);

        batch.Kernel(Deliver).backward([batch.Gradient]);
        batch.Kernel(Deliver).backward([batch.Gradient * 2]);

        Close.Assert(delivered, [expected, expected * 4], Tolerance);
    }

    [Fact]
    public void What_fails_in_a_backward_pass_is_an_error_that_can_be_caught()
    {
        var batch = new RowNormCase([4, 9, 24]);
        var output = batch.Kernel(_ => throw new InvalidOperationException("norms"));
        Assert.Throws<ExternalException>(() => output.backward([batch.Gradient]));

        var changed = batch.Kernel();
        using (no_grad())
            batch.Input.add_(1);
        Assert.Throws<ExternalException>(() => changed.backward([batch.Gradient]));
        AssertAccurate(batch);
    }

    [Fact]
    public void Two_models_on_two_threads_do_not_disturb_each_other()
    {
        var expected = new RowNormCase([16, 30, 64], adds: true, activates: true).KernelResults(tracks: true);
        Parallel.For(0, 2, _ =>
        {
            using var threads = new Threads(2);
            for (var repeat = 0; repeat < 100; repeat++)
            {
                using var scope = NewDisposeScope();
                var batch = new RowNormCase([16, 30, 64], adds: true, activates: true);
                Close.AssertSame(batch.KernelResults(tracks: true), expected);
            }
        });
    }

    [Fact]
    public void A_gradient_can_be_differentiated_again()
    {
        foreach (var centres in new[] { true, false })
        {
            foreach (var adds in new[] { true, false })
            {
                var batch = new RowNormCase([4, 3, 18], centres, adds, activates: adds);
                batch.Gradient.requires_grad_();
                var expected = SecondGradients(batch, batch.Libtorch(batch.Inputs));
                Tensor? norms = null;
                Close.Assert(SecondGradients(batch, batch.Kernel()), expected, 1e-5);
                Close.Assert(SecondGradients(batch, batch.Kernel(found => norms = found.DetachFromDisposeScope())), expected, 1e-5);
                batch.Gradient = batch.Gradient.detach();
                Close.Assert([norms!], [batch.SquaredNorms()], 1e-5);
            }
        }
    }

    [Fact]
    public void NaN_goes_through_as_it_does_in_libtorch()
    {
        var batch = new RowNormCase([4, 3, 18], adds: true, activates: true);
        using (no_grad())
            batch.Input[1, 1, 2] = float.NaN;
        foreach (var (actual, expected) in batch.KernelResults().Zip(batch.LibtorchResults(ScalarType.Float32)))
            Assert.True(actual.isnan().bytes.SequenceEqual(expected.isnan().bytes));
    }

    [Fact]
    public void Steps_leave_nothing_behind()
    {
        var batch = new RowNormCase([16, 128, 384], adds: true, activates: true);
        Step(batch);
        // Of this thread: other tests run at the same time.
        var (tensors, memory) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Environment.WorkingSet);
        for (var step = 0; step < 200; step++)
            Step(batch);
        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        // A step's tensors are 13 MB: 200 of them would be 2.5 GB.
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 1 << 30);
    }

    [Theory]
    [InlineData("8,64,256", true)]
    [InlineData("8,64,16", false)] // too small
    [InlineData("40000,3", false)] // shorter than a vector
    [InlineData("100000,1", false)]
    public void The_kernel_runs_where_it_is_worth_it(string shape, bool runs)
    {
        var batch = new RowNormCase(Sizes(shape));
        Assert.Equal(runs, RowNorms.Allows(batch.Input, null, batch.Weight, batch.Bias));
    }

    [Fact]
    public void An_activation_without_a_loop_of_its_own_follows_the_kernel()
    {
        var batch = new RowNormCase([4, 3, 18], adds: true);
        using var noGrad = no_grad();
        var actual = RowNorms.Run(batch.Input, batch.Addend, batch.Weight, batch.Bias, 1e-5, Activation.Tanh());
        Close.AssertSame([actual], [batch.Kernel().tanh()]);
    }

    private static void Step(RowNormCase batch)
    {
        using var scope = NewDisposeScope();
        autograd.grad([batch.Kernel(_ => { })], batch.Inputs, [batch.Gradient]);
    }

    private static Tensor[] SecondGradients(RowNormCase batch, Tensor output)
    {
        var first = autograd.grad([output], batch.Inputs, [batch.Gradient], retain_graph: true, create_graph: true);
        var total = first.Select(gradient => gradient.square().sum()).Aggregate((left, right) => left + right);
        return [.. first.Select(gradient => gradient.detach()), .. autograd.grad([total], [batch.Input, batch.Weight, batch.Gradient])];
    }

    private static void AssertAccurate(RowNormCase batch)
    {
        var exact = batch.LibtorchResults(ScalarType.Float64);
        Close.Assert(batch.KernelResults(), exact, Tolerance);
        Close.Assert(batch.KernelResults(tracks: true), [.. exact, batch.SquaredNorms()], Tolerance);
    }

    private static long[] Sizes(string shape) => [.. shape.Split(',').Select(long.Parse)];
}
