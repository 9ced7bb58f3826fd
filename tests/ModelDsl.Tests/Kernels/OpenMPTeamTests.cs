using ModelDsl.Kernels;
using TorchSharp;

namespace ModelDsl.Tests.Kernels;

public sealed unsafe class OpenMPTeamTests
{
    [Fact]
    public void Libtorchs_own_threads_are_found_on_Linux() =>
        Assert.Equal(OperatingSystem.IsLinux(), OpenMPTeam.IsAvailable);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 64)]
    [InlineData(1000, 1)]
    public void Each_item_is_done_once(int items, int chunk)
    {
        using var threads = new Threads(2);
        var counts = new int[items + 1];
        fixed (int* pointer = counts)
            OpenMPTeam.Run(new Counting(pointer), items, chunk);
        Assert.All(counts[..items], count => Assert.Equal(1, count));
        Assert.Equal(0, counts[items]);
    }

    [Fact]
    public void An_exception_arrives_at_the_caller_and_the_team_goes_on_working()
    {
        using var threads = new Threads(2);
        var thrown = Assert.Throws<InvalidOperationException>(() => OpenMPTeam.Run(new Failing(), 100));
        Assert.Equal("item", thrown.Message);
        Each_item_is_done_once(1000, 1);
    }

    [Fact]
    public void Two_callers_at_once_do_not_disturb_each_other()
    {
        using var threads = new Threads(2);
        Parallel.For(0, 4, _ =>
        {
            for (var repeat = 0; repeat < 200; repeat++)
                Each_item_is_done_once(50, 3);
        });
    }

    private readonly struct Counting(int* counts) : IParallelWork
    {
        public void Do(int first, int end)
        {
            for (var item = first; item < end; item++)
                Interlocked.Increment(ref counts[item]);
        }
    }

    private readonly struct Failing : IParallelWork
    {
        public void Do(int first, int end) => throw new InvalidOperationException("item");
    }
}
