using System.Diagnostics;
using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests;

/// <summary>Numbers that were mistyped must not keep the editor busy, nor bring an analyzer down.</summary>
public sealed class AbsurdNetworkTests
{
    private const int PatienceSeconds = 20;

    [Theory]
    [InlineData("6002", "3, 32, 32", "1")]
    [InlineData("2000000000", "3, 32, 32", "1")]
    [InlineData("56", "3, 5000000000, 5000000000", "1")]
    [InlineData("56", "3, 2000000000, 2000000000", "1")]
    [InlineData("56", "3, 32, 32", "\"4294967296 / 2 - 1\"")]
    public async Task InstanceNormNetworkOfAbsurdSize_IsJudgedSoon(string depth, string image, string stride)
    {
        var clock = Stopwatch.StartNew();
        await Survives($$"""
            [Model]
            public partial class Cell(int inChannels, int channels, Normalization norm = default)
            {
                [Conv2d(nameof(channels), 3), Norm, ReLU]
                public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
            }

            [Model, InstanceNorm]
            public partial class Net(int depth = {{depth}})
            {
                [Conv2d(16, 3, Stride = {{stride}}), Norm, ReLU]
                private partial Tensor Stem([Shape("N, {{image}}")] Tensor x);

                [Block<Cell>("channels: 16", Repeat = nameof(depth))]
                private partial Tensor Body(Tensor x);
            }
            """);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, PatienceSeconds);
    }

    [Fact]
    public Task WidthsThatFollowTheIndexOfARepeatInsideABlock_AreNotJudged() => Survives("""
        [Model]
        public partial class Cell(int inChannels, int channels, Normalization norm = default)
        {
            [Conv2d(nameof(channels), 3), Norm, ReLU]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
        }

        [Model]
        public partial class Tower(int inChannels, int depth = 24, Normalization norm = default)
        {
            [Block<Cell>("channels: 16 + index", Repeat = nameof(depth))]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
        }

        [Model, InstanceNorm]
        public partial class Net
        {
            [Block<Tower>, GlobalAvgPool, Linear(10)]
            private partial Tensor Body([Shape("N, 3, 32, 32")] Tensor x);
        }
        """);

    [Fact]
    public async Task BlocksThatNestTwoOfTheNextThirtyTimes_AreInferredSoon()
    {
        var clock = Stopwatch.StartNew();
        var models = Enumerable.Range(0, 30).Select(level => $$"""
            [Model]
            public partial class Level{{level}}(int inChannels)
            {
                [{{(level == 29 ? "Conv2d(4, 3), ReLU" : $"Block<Level{level + 1}>, Block<Level{level + 1}>")}}]
                public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
            }
            """);
        await Survives(string.Join("\n\n", models));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, PatienceSeconds);
    }

    [Fact]
    public async Task ProductOfLongSums_IsNotMultipliedOut()
    {
        var clock = Stopwatch.StartNew();
        var product = string.Join(" * ", Enumerable.Repeat("(a+b+c+d+e+f+g+h+i+j)", 40));
        await Survives($$"""
            [Model]
            public partial class Net(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j)
            {
                [Linear("{{product}}"), Linear(10)]
                private partial Tensor Body([Shape("N, 3")] Tensor x);
            }
            """);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, PatienceSeconds);
    }

    private static async Task Survives(string source) => await Compiler.Analyze(Compilations.WithUsings(source));
}
