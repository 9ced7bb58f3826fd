using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Robustness;

/// <summary>The generator survives sizes of any length; other absurd sources stand with the fuzzer.</summary>
public sealed class AbsurdSizeTests
{
    [Theory]
    [InlineData("w", " + ", 2000)]
    [InlineData("(w + h)", " * ", 40)]
    [InlineData("(", "", 400)]
    public void A_size_of_any_length_is_read_or_refused(string part, string separator, int count)
    {
        var size = string.Join(separator, Enumerable.Repeat(part, count));
        var run = ModelCompiler.Run($$"""
            using ModelDsl;
            using static TorchSharp.torch;
            [Model] partial class A(int w, int h) { [Linear("{{size}}")] partial Tensor F([Shape("N, w")] Tensor x); }
            """);
        Assert.Null(run.Result.Exception);
    }
}
