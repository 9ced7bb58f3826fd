using System.Runtime.InteropServices;
using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

public sealed class ChannelNormTests : IDisposable
{
    private const double Tolerance = 1.5e-6;

    private readonly DisposeScope _scope = NewDisposeScope();

    private readonly Threads _threads = new(2);

    public void Dispose()
    {
        _threads.Dispose();
        _scope.Dispose();
    }

    public static TheoryData<string> Shapes => ["5,3,7,7", "1,3,14,14", "4,40,4,4", "2,1,17", "3,2,3,5,7", "2,3,70,71", "64,16,28,28"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Output_statistics_and_gradients_are_libtorchs(string shape)
    {
        foreach (var centres in new[] { true, false })
        {
            foreach (var adds in new[] { false, true })
            {
                foreach (var activates in new[] { false, true })
                    AssertAccurate(new([.. shape.Split(',').Select(long.Parse)], centres, adds, activates));
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_large_mean_costs_no_more_accuracy_than_in_libtorch(bool centres)
    {
        var batch = new ChannelNormCase([8, 3, 14, 14], centres, offset: 300);
        var exact = batch.LibtorchResults(ScalarType.Float64);
        var errors = batch.KernelResults().Zip(exact, Close.Error).ToArray();
        var libtorch = batch.LibtorchResults(ScalarType.Float32).Zip(exact, Close.Error).ToArray();
        for (var index = 0; index < errors.Length; index++)
            Assert.True(errors[index] <= Math.Max(2 * libtorch[index], Tolerance), $"Result {index}: {errors[index]:E2}, libtorch {libtorch[index]:E2}.");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Results_do_not_depend_on_the_number_of_threads(bool activates, bool adds)
    {
        var batch = new ChannelNormCase([6, 19, 9, 9], adds: adds, activates: activates);
        var two = batch.KernelResults();
        set_num_threads(1);
        Close.AssertSame(batch.KernelResults(), two);
    }

    [Fact]
    public void A_gradient_that_is_not_contiguous_is_taken_as_it_is()
    {
        var batch = new ChannelNormCase([4, 3, 6, 6], activates: true) { Gradient = randn(4, 3, 1, 6).expand(4, 3, 6, 6) };
        Close.Assert(batch.KernelResults(), batch.LibtorchResults(ScalarType.Float64), Tolerance);
        batch.Gradient = randn(4, 6, 6, 3).permute(0, 3, 1, 2);
        Close.Assert(batch.KernelResults(), batch.LibtorchResults(ScalarType.Float64), Tolerance);
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
            var batch = new ChannelNormCase([4, 3, 6, 6], adds: true, activates: activates);
            var expected = batch.LibtorchResults(ScalarType.Float64)[3 + only];
            for (var index = 0; index < 4; index++)
                batch.Inputs[index].requires_grad_(index == only);
            batch.Kernel().backward([batch.Gradient]);
            Assert.True(Close.Error(batch.Inputs[only].grad!, expected) < Tolerance);
            Assert.All(batch.Inputs.Where((_, index) => index != only), input => Assert.Null(input.grad));
        }
    }

    [Fact]
    public void Without_gradients_the_output_stands_alone_and_running_statistics_still_move()
    {
        var batch = new ChannelNormCase([4, 3, 6, 6], activates: true);
        var expected = batch.LibtorchResults(ScalarType.Float64);
        using var noGrad = no_grad();
        var output = batch.Kernel();
        Assert.False(output.requires_grad);
        Close.Assert([output, batch.RunningMean, batch.RunningVariance], expected[..3], Tolerance);
    }

    [Fact]
    public void Gradients_accumulate_over_uses_and_over_backward_passes()
    {
        var batch = new ChannelNormCase([4, 3, 6, 6], adds: true, activates: true);
        var once = batch.KernelResults()[3..];
        var output = batch.Kernel() + batch.Kernel();
        output.backward([batch.Gradient], retain_graph: true);
        output.backward([batch.Gradient]);
        Close.Assert([.. batch.Inputs.Select(input => input.grad!)], [.. once.Select(gradient => gradient * 4)], 1e-6);
    }

    [Fact]
    public void A_kernel_behind_a_kernel_hands_gradients_on()
    {
        var batch = new ChannelNormCase([4, 3, 6, 6], activates: true);
        var twice = batch.LibtorchResults(ScalarType.Float64)[0].to(ScalarType.Float32).requires_grad_();
        var behind = new ChannelNormOperation<NoActivation>(new(true, 1e-5, 0.1, null, null)).Run(twice, batch.Weight, batch.Bias, null);
        var between = autograd.grad([behind], [twice], [batch.Gradient])[0];
        var expected = autograd.grad([batch.Kernel()], [batch.Input], [between])[0];

        var chain = new ChannelNormOperation<NoActivation>(new(true, 1e-5, 0.1, null, null))
            .Run(batch.Kernel(), batch.Weight, batch.Bias, null);
        Close.Assert([autograd.grad([chain], [batch.Input], [batch.Gradient])[0]], [expected], 1e-5);
    }

    [Fact]
    public void The_output_outlives_inner_scopes_and_not_the_outer_one()
    {
        var batch = new ChannelNormCase([4, 3, 6, 6], activates: true);
        Tensor output;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
                output = batch.Kernel().MoveToOuterDisposeScope();
            output.backward([batch.Gradient]);
            Assert.True(Close.Error(batch.Input.grad!, batch.LibtorchResults(ScalarType.Float64)[3]) < Tolerance);
        }
        Assert.True(output.IsInvalid);
    }

    [Fact]
    public void Two_models_on_two_threads_do_not_disturb_each_other()
    {
        var expected = new ChannelNormCase([16, 8, 14, 14], adds: true, activates: true).KernelResults();
        Parallel.For(0, 2, _ =>
        {
            using var threads = new Threads(2);
            for (var repeat = 0; repeat < 100; repeat++)
            {
                using var scope = NewDisposeScope();
                Close.AssertSame(new ChannelNormCase([16, 8, 14, 14], adds: true, activates: true).KernelResults(), expected);
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
                var batch = new ChannelNormCase([4, 3, 6, 6], centres, adds, activates: true);
                batch.Gradient.requires_grad_();
                var expected = SecondGradients(batch, batch.Libtorch(batch.Inputs, zeros(3), ones(3)));
                Close.Assert(SecondGradients(batch, batch.Kernel()), expected, 1e-5);
            }
        }
    }

    [Fact]
    public void An_input_changed_before_the_backward_pass_is_an_error_that_can_be_caught()
    {
        var batch = new ChannelNormCase([4, 3, 6, 6], activates: true);
        var output = batch.Kernel();
        using (no_grad())
            batch.Input.add_(1);
        Assert.Throws<ExternalException>(() => output.backward([batch.Gradient]));
    }

    [Fact]
    public void NaN_goes_through_as_it_does_in_libtorch()
    {
        foreach (var adds in new[] { true, false })
        {
            var batch = new ChannelNormCase([4, 3, 6, 6], adds: adds, activates: true);
            using (no_grad())
                batch.Input[1, 1, 2, 2] = float.NaN;
            foreach (var (actual, expected) in batch.KernelResults().Zip(batch.LibtorchResults(ScalarType.Float32)))
                Assert.True(actual.isnan().bytes.SequenceEqual(expected.isnan().bytes));
        }
    }

    [Theory]
    [InlineData("64,16,28,28", true)]
    [InlineData("64,16,28", false)] // too small
    [InlineData("40000,16", false)] // no positions
    [InlineData("4000,16,1,3", false)] // too few positions
    public void The_kernel_runs_where_it_is_worth_it(string shape, bool runs)
    {
        var batch = new ChannelNormCase([.. shape.Split(',').Select(long.Parse)]);
        Assert.Equal(runs, TryRun(batch, batch.Input) is not null);
    }

    [Fact]
    public void The_kernel_leaves_other_types_and_layouts_to_libtorch()
    {
        var batch = new ChannelNormCase([64, 16, 28, 28]);
        Assert.Null(TryRun(batch, batch.Input.to(ScalarType.Float64)));
        Assert.Null(TryRun(batch, batch.Input.permute(0, 1, 3, 2)));
        Assert.Null(ChannelNorm.TryRun(Settings(batch), batch.Input, ones(64, 16, 28, 1), batch.Weight, batch.Bias, null));
        Assert.Null(ChannelNorm.TryRun(Settings(batch), batch.Input, null, batch.Weight.to(ScalarType.Float64), batch.Bias, null));
    }

    [Fact]
    public void An_activation_without_a_loop_of_its_own_follows_the_kernel()
    {
        var batch = new ChannelNormCase([64, 16, 28, 28]);
        using var noGrad = no_grad();
        var expected = batch.Kernel().tanh();
        var actual = ChannelNorm.TryRun(Settings(batch), batch.Input, null, batch.Weight, batch.Bias, Activation.Tanh());
        Close.AssertSame([actual!], [expected]);
    }

    private static Tensor? TryRun(ChannelNormCase batch, Tensor input) =>
        ChannelNorm.TryRun(Settings(batch), input, null, batch.Weight, batch.Bias, Activation.ReLU());

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Running_statistics_normalize_in_evaluation(bool adds, bool activates)
    {
        var batch = new ChannelNormCase([16, 33, 14, 14], adds: adds, activates: activates);
        using var noGrad = no_grad();
        var actual = ChannelNorm.TryEvaluate(
            Settings(batch), batch.Input, batch.Addend, batch.Weight, batch.Bias, activates ? Activation.ReLU() : null);
        var expected = nn.functional.batch_norm(
            batch.Input.to(ScalarType.Float64), batch.RunningMean.to(ScalarType.Float64), batch.RunningVariance.to(ScalarType.Float64),
            batch.Weight.to(ScalarType.Float64), batch.Bias.to(ScalarType.Float64));
        expected = adds ? expected + batch.Addend! : expected;
        Close.Assert([actual!], [activates ? expected.relu() : expected], Tolerance);
    }

    [Fact]
    public void Evaluation_with_gradients_is_left_to_libtorch()
    {
        var batch = new ChannelNormCase([64, 16, 28, 28]);
        Assert.Null(ChannelNorm.TryEvaluate(Settings(batch), batch.Input, null, batch.Weight, batch.Bias, null));
    }

    private static ChannelNormSettings Settings(ChannelNormCase batch) => new(true, 1e-5, 0.1, batch.RunningMean, batch.RunningVariance);

    private static Tensor[] SecondGradients(ChannelNormCase batch, Tensor output)
    {
        var first = autograd.grad([output], [.. batch.Inputs], [batch.Gradient], retain_graph: true, create_graph: true);
        var total = first.Select(gradient => gradient.square().sum()).Aggregate((left, right) => left + right);
        return [.. first.Select(gradient => gradient.detach()), .. autograd.grad([total], [batch.Input, batch.Weight, batch.Gradient])];
    }

    private static void AssertAccurate(ChannelNormCase batch)
    {
        var exact = batch.LibtorchResults(ScalarType.Float64);
        Close.Assert(batch.KernelResults(), exact, Tolerance);
        Close.Assert(batch.KernelResults(), batch.LibtorchResults(ScalarType.Float32), Tolerance);
    }
}
