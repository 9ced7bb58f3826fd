using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>No generated body leaves a tensor to the garbage collector.</summary>
public sealed class MemoryTests
{
    [Fact]
    public void Building_and_disposing_leaves_nothing() => LeavesNothing(static () =>
    {
        using var model = new CifarResNet(depth: 8, width: 4);
    });

    [Fact]
    public void Own_parameters_buffers_and_ties_leave_nothing()
    {
        LeavesNothing(static () =>
        {
            using var model = new ByHand.Encoder();
        });
        using var model = new ByHand.Encoder();
        LeavesNothing(() => model.to(float64).to(float32));
    }

    [Fact]
    public void A_pass_forward_and_backward_leaves_nothing()
    {
        using var model = new CifarResNet(depth: 14, width: 4);
        using var input = rand([2, 3, 32, 32]);
        LeavesNothing(() => Step(model, input));
        model.eval();
        LeavesNothing(() => Step(model, input));
    }

    [Fact]
    public void A_summary_leaves_nothing()
    {
        using var model = new CifarResNet(depth: 8, width: 4);
        LeavesNothing(() => model.Summary());
    }

    [Fact]
    public void Moving_leaves_nothing()
    {
        using var model = new CifarResNet(depth: 8, width: 4);
        LeavesNothing(() => model.to(float64).to(float32));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void An_exception_in_a_block_leaves_nothing(bool blowsAlone, bool blowsInRepeat)
    {
        using var model = new Fused(blowsAlone, blowsInRepeat);
        using var input = rand([2, 3, 5, 5]);
        LeavesNothing(() => Assert.Throws<InvalidOperationException>(() => model.call(input)));
    }

    [Fact]
    public void A_block_that_returns_its_input_frees_neither_twice()
    {
        using var model = new Fused(blowsAlone: false, blowsInRepeat: false);
        using var input = rand([2, 3, 5, 5]);
        LeavesNothing(() => Step(model, input));
        Assert.False(input.IsInvalid);
    }

    private static void Step(nn.Module<Tensor, Tensor> model, Tensor input)
    {
        using var output = model.call(input);
        using var loss = output.sum();
        loss.backward();
    }

    private static void LeavesNothing(Action action)
    {
        // What is made once and kept, as the gradients' first buffers are, is not what is asked for.
        action();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        action();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
