using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Robustness;

/// <summary>The generator survives what people type on the way to a model.</summary>
public sealed class AbsurdSourceTests
{
    public static TheoryData<string> Fragments =>
    [
        "[Model] public partial class",
        "[Model] partial class A {",
        "[Model] partial class A { [Linear( }",
        "[Model] partial class A { [Linear(3)] partial Tensor }",
        "[Model] partial class A { [Linear(3)] partial Tensor F(; }",
        "[Model] partial class A { [Linear(3)] partial void F(); }",
        "[Model] partial class A { [Linear(3)] partial Tensor F<T>(ref T x) where T : struct; }",
        "[Model] partial class A { [Linear(3)] static partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] partial class A { [Linear(\"1 +\"), Linear(\"\"), Linear(\")\"), Linear(null)] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] partial class A { [Linear(3)] partial Tensor F([Shape(\"\")] Tensor x); }",
        "[Model] partial class A { [Linear(3)] partial Tensor F([Shape(\"N,,\")] Tensor x); }",
        "[Model] partial class A { [Linear(3)] partial Tensor F([Shape(null)] Tensor x); }",
        "[Model] partial class A { [Linear(3)] partial Tensor F([Shape(\"((, 3\")] Tensor x); }",
        "[Model] partial class A { [Block<A>] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] partial class A { [Block<B>] partial Tensor F([Shape(\"N, 3\")] Tensor x); } [Model] partial class B { [Block<A>] partial Tensor F(Tensor x); }",
        "[Model] partial class A { [Block<>] partial Tensor F(Tensor x); }",
        "[Model] partial class A { [Block<int>] partial Tensor F(Tensor x); }",
        "[Model] partial class A<T> where T : nn.Module { [Block<T>] partial Tensor F(Tensor x); }",
        "[Model] partial struct A { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] partial record A { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] interface A { }",
        "[Model] static partial class A { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] file partial class A { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] partial class A : Missing { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] partial class A(int x, int x) { [Linear(\"x\")] partial Tensor F([Shape(\"N, x\")] Tensor t); }",
        "[Model] partial class A { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] partial class A { int A1 => A2; int A2 => A1; [Linear(\"A1\")] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] partial class A(int w) { [Linear(\"4611686018427387904 * 2 * w / -w\"), Conv2d(1, \"1 / 0\"), Linear(\"w % 0\")] partial Tensor F([Shape(\"N, w\")] Tensor x); }",
        "[Model] partial class A { [Conv2d(2147483647, 2147483647, Stride = 2147483647, Padding = -1)] partial Tensor F([Shape(\"N, 3, H, W\")] Tensor x); }",
        "[Model] partial class A { [Shortcut, Flatten, Shortcut, Norm, Dropout(double.NaN), Dropout(\"x\")] partial Tensor F([Shape(\"3\")] Tensor x); }",
        "[Model] partial class A { [GroupNorm(Groups = -1, ChannelsPerGroup = -8)] partial Tensor F([Shape(\"N, 3, H, W\")] Tensor x); }",
        "[Model] partial class A { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); } [Model] partial class a { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] partial class A { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); } [Model] partial class A { }",
        "[Model] partial class A_1 { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); } [Model] partial class A<T> { [Linear(3)] partial Tensor F([Shape(\"N, 3\")] Tensor x); }",
        "[Model] partial class \\u0061\\u0301 { [Linear(3)] partial Tensor F\\u0301([Shape(\"N, 3\")] Tensor x); }",
        "[Model][Model] partial class A { [Linear(3), Linear(3)] [return: Shape(\"N\")] partial Tensor F([Shape(\"N, 3\")] Tensor x, Tensor y = default); }",
        "[Model] partial class A(params int[] w) { [Linear(\"w[w[w[0]]]\"), Linear(\"w[\"), Linear(\"w\"), Linear(\"w[0] ? 1 : 2\")] partial Tensor F([Shape(\"N, w[0]\")] Tensor x); }",
    ];

    [Theory]
    [MemberData(nameof(Fragments))]
    public void The_generator_does_not_fail(string fragment)
    {
        var run = ModelCompiler.Run($"using ModelDsl;\nusing TorchSharp;\nusing static TorchSharp.torch;\n\n{fragment}");
        Assert.Null(run.Result.Exception);
        Assert.Empty(run.Result.Diagnostics);
    }

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

    /// <summary>Every fragment of a sound declaration is met while it is typed.</summary>
    [Fact]
    public void No_prefix_of_a_declaration_fails()
    {
        const string Source = """
            using ModelDsl;
            using static TorchSharp.torch;
            [Model, GroupNorm(Groups = 2)] public partial class A(int width, int[] depths, Normalization norm = default)
            {
                private int Half => width / 2;
                [Conv2d(nameof(Half), 3, Stride = "depths[0]"), Norm, ReLU, Block<B>("channels: 2 * width", Repeat = nameof(Half)), Shortcut]
                public override partial Tensor forward([Shape("N, width, H, W")] Tensor x);
            }
            [Model] public partial class B(int channels) { [Conv2d("channels", 3), LayerNorm] public override partial Tensor forward([Shape("N, C, H, W")] Tensor x); }
            """;
        for (var length = 50; length < Source.Length; length += 7)
            Assert.Null(ModelCompiler.Run(Source[..length]).Result.Exception);
    }
}
