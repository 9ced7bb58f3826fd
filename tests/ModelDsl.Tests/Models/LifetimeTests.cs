using System.Runtime.CompilerServices;
using ModelDsl.Tests.Models.Lifetimes;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>
/// In inference no tensor outlives its last use, whatever stages and blocks lie between; what is the caller's stays.
/// </summary>
public sealed class LifetimeTests
{
    public static TheoryData<string, int> Chains => new() { { nameof(StagedChain), 9 }, { nameof(NestedChain), 28 } };

    [Theory]
    [MemberData(nameof(Chains))]
    public void In_a_chain_a_layers_input_and_output_are_all_that_is_alive(string name, int layers)
    {
        using var model = Chain(name);
        using var images = rand([2, 4, 5, 5]);
        using var live = new LiveTensors(model);
        Infer(model, images, live);
        Assert.Equal(layers, live.Counts.Count);
        // The first layer's input is the caller's, or an alias of that.
        Assert.InRange(live.Counts[0], 1, 2);
        Assert.All(live.Counts.Skip(1), count => Assert.Equal(2, count));
    }

    [Fact]
    public void Beside_a_residual_branch_only_its_shortcut_is_alive()
    {
        using var model = new ResidualChain();
        using var images = rand([2, 4, 5, 5]);
        using var live = new LiveTensors(model);
        Infer(model, images, live);
        long[] stem = [1, 2];
        long[] block = [2, 3, 3, 3];
        Assert.Equal([.. stem, .. Enumerable.Repeat(block, 5).SelectMany(counts => counts)], live.Counts);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void An_exception_behind_any_layer_leaves_nothing(string name, int layers)
    {
        using var model = Chain(name);
        using var images = rand([2, 4, 5, 5]);
        using var live = new LiveTensors(model);
        Infer(model, images, live);
        for (var failing = 1; failing <= layers; failing++)
        {
            var before = LiveTensors.Alive;
            live.AfterLayer = () => ThrowAt(live, failing);
            Assert.Throws<TimeoutException>(() => Infer(model, images, live));
            // The layer's own output was never returned: that hook threw.
            Collect();
            Assert.InRange(LiveTensors.Alive, before, before + 1);
            Assert.False(images.IsInvalid);
        }
        live.AfterLayer = static () => { };
        Infer(model, images, live);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void The_callers_tensor_may_be_given_again(string name, int _)
    {
        using var scope = NewDisposeScope();
        using var model = Chain(name);
        var images = rand([2, 4, 5, 5]);
        model.eval();
        var first = model.call(images);
        Assert.False(images.IsInvalid);
        Assert.True(first.allclose(model.call(images)));
    }

    [Fact]
    public void Hooks_of_a_block_find_its_input_before_and_after()
    {
        using var scope = NewDisposeScope();
        using var model = new NestedChain();
        using var other = new Unit(4);
        model.eval();
        var images = rand([2, 4, 5, 5]);
        var expected = model.call(images);
        var calls = new List<string>();
        foreach (var block in model.modules().OfType<nn.Module<Tensor, Tensor>>().Where(module => module is Unit or StagedChain))
        {
            // Another model may look at it, and the block itself may run on it before its turn.
            block.register_forward_pre_hook((module, input) =>
            {
                Assert.False(input.IsInvalid);
                other.call(input).Dispose();
                module.forward(input).Dispose();
                calls.Add("before");
                return input;
            });
            block.register_forward_hook((_, input, output) =>
            {
                Assert.False(input.IsInvalid);
                calls.Add("after");
                return output;
            });
        }
        Assert.True(model.call(images).allclose(expected));
        // Three, one, one, one and two.
        Assert.Equal(8, calls.Count(call => call == "before"));
        Assert.Equal(8, calls.Count(call => call == "after"));
    }

    [Fact]
    public void A_forward_by_hand_keeps_what_it_gives_to_stages()
    {
        using var scope = NewDisposeScope();
        using var model = new HandWrittenUses(4);
        model.eval();
        var x = rand([2, 4, 5, 5]);
        var branch = model.Branch(x);
        var expected = branch + branch + model.Blocks(branch) + x;
        Assert.False(x.IsInvalid);
        Assert.False(branch.IsInvalid);
        Assert.True(model.call(x).allclose(expected));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Blocks_of_which_there_are_none_return_a_tensor_of_their_own(int depth)
    {
        using var scope = NewDisposeScope();
        using var model = new EmptyChain(depth);
        model.eval();
        var images = rand([2, 4, 5, 5]);
        var output = model.call(images);
        Assert.False(images.IsInvalid);
        Assert.Equal([2, 4, 5, 5], output.shape);
        Assert.True(output.allclose(model.call(images)));
    }

    [Fact]
    public void An_overridden_stage_keeps_its_input()
    {
        using var scope = NewDisposeScope();
        using var model = new OverriddenStage();
        Assert.Equal([2, 4], model.call(rand([2, 4])).shape);
    }

    [Fact]
    public void An_overridden_forward_keeps_its_input()
    {
        using var scope = NewDisposeScope();
        var blocks = new RepeatedBlock<Unit>("Net.Body", 2, "2", static _ => new OverriddenUnit(4));
        Assert.Equal([2, 4, 5, 5], blocks.call(rand([2, 4, 5, 5])).shape);
    }

    [Fact]
    public void A_step_may_return_the_callers_tensor()
    {
        using var scope = NewDisposeScope();
        var blocks = new RepeatedBlock<Unit>("Net.Body", 3, "3", static _ => new Unit(4));
        var x = rand([2, 4, 5, 5]);
        var output = blocks.Run(x, (_, _) => x);
        Assert.False(x.IsInvalid);
        Assert.True(output.allclose(x));
    }

    /// <summary>A tensor that is freed too early throws in the operation that needs it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_freed_that_something_needs_once_more(bool isTraining)
    {
        using var model = new LateUsesInside();
        using var images = rand([2, 4, 5, 5]);
        model.train(isTraining);
        using var output = model.call(images);
        using var sum = output.sum();
        sum.backward();
        Assert.All(model.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    /// <summary>What is on its way to a stage or block is held by the thread, for no longer than until it is there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_that_ran_or_failed_is_not_kept_alive(bool fails)
    {
        var parts = RunAndForget(fails);
        Collect();
        Assert.DoesNotContain(parts, part => part.TryGetTarget(out _));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference<nn.Module>> RunAndForget(bool fails)
    {
        using var scope = NewDisposeScope();
        using var model = new BlockFirst { IsWrong = fails };
        var error = Record.Exception(() => model.call(rand([2, 4, 5, 5])));
        Assert.Equal(fails, error is ArgumentException);
        return [.. model.modules().Prepend(model).Select(part => new WeakReference<nn.Module>(part))];
    }

    private static nn.Module<Tensor, Tensor> Chain(string name) =>
        name == nameof(StagedChain) ? new StagedChain() : new NestedChain();

    private static void Infer(nn.Module<Tensor, Tensor> model, Tensor images, LiveTensors live)
    {
        model.eval();
        using var noGradients = no_grad();
        live.Begin();
        model.call(images).Dispose();
    }

    private static void ThrowAt(LiveTensors live, int layer)
    {
        if (live.Counts.Count == layer)
            throw new TimeoutException();
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
