using ModelDsl.Tests.Initializations;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>What steps leave behind: measured in the process, so nothing else may run.</summary>
[Collection(nameof(Alone))]
public sealed class FeatureMapMemoryTests
{
    public static TheoryData<string> Names => [.. FeatureMapKernels.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_leave_nothing_behind(string name)
    {
        using var threads = new Threads(2);
        using var outer = NewDisposeScope();
        var batch = FeatureMapKernels.Case(name, [64, 16, 28, 28], groups: 4);
        Step(batch);
        var (tensors, memory) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Environment.WorkingSet);
        for (var step = 0; step < 100; step++)
            Step(batch);
        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        // A step's output and gradient are 6.4 MB: 100 of them would be 640 MB.
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 200 << 20);
    }

    private static void Step(FormulaCase batch)
    {
        using var scope = NewDisposeScope();
        autograd.grad([batch.Kernel()], [.. batch.Inputs], [batch.Gradient]);
    }
}
