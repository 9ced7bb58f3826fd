using ModelDsl.Tests.Initializations;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>Counts all tensors of the process, and so runs alone.</summary>
[Collection(nameof(Alone))]
public sealed class ChannelNormMemoryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Steps_leave_nothing_behind(bool inScope)
    {
        using var scope = NewDisposeScope();
        var batch = new ChannelNormCase([16, 16, 28, 28], adds: true, activates: true);
        Run(batch, inScope, steps: 3);
        var (tensors, memory) = (Tensor.TotalCount, Environment.WorkingSet);
        Run(batch, inScope, steps: 200);
        Assert.InRange(Tensor.TotalCount, 0, tensors + 20);
        // The tensors of a step are 4 MB: 200 steps of them would be 800 MB.
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 100 << 20);
    }

    /// <summary>Steps in a dispose scope, or without one on a thread that has none, where everything known is disposed.</summary>
    private static void Run(ChannelNormCase batch, bool inScope, int steps)
    {
        if (inScope)
        {
            for (var step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                Step(batch);
            }
            return;
        }
        var thread = new Thread(() =>
        {
            for (var step = 0; step < steps; step++)
                Array.ForEach(Step(batch), tensor => tensor.Dispose());
        });
        thread.Start();
        thread.Join();
    }

    private static Tensor[] Step(ChannelNormCase batch)
    {
        var output = batch.Kernel();
        return [output, .. autograd.grad([output], [.. batch.Inputs], [batch.Gradient])];
    }
}
