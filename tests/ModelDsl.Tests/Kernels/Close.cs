using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>How far results lie from others: the greatest difference over the greatest magnitude.</summary>
internal static class Close
{
    public static double Error(Tensor actual, Tensor expected)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (actual.to(ScalarType.Float64), expected.to(ScalarType.Float64));
        return (a - b).abs().max().item<double>() / Math.Max(b.abs().max().item<double>(), 1e-30);
    }

    public static void Assert(IReadOnlyList<Tensor> actual, IReadOnlyList<Tensor> expected, double tolerance)
    {
        Xunit.Assert.Equal(expected.Count, actual.Count);
        for (var index = 0; index < actual.Count; index++)
        {
            var error = Error(actual[index], expected[index]);
            Xunit.Assert.True(error <= tolerance, $"Result {index} is off by {error:E2}.");
        }
    }

    public static void AssertSame(IReadOnlyList<Tensor> actual, IReadOnlyList<Tensor> expected)
    {
        Xunit.Assert.Equal(expected.Count, actual.Count);
        for (var index = 0; index < actual.Count; index++)
            Xunit.Assert.True(actual[index].bytes.SequenceEqual(expected[index].bytes), $"Result {index} differs.");
    }
}
