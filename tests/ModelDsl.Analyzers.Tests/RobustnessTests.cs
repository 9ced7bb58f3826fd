using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests;

/// <summary>Generator and analyzer survive any source.</summary>
public sealed class RobustnessTests
{
    private const int Step = 7;

    private static readonly string Sample = Compilations.WithUsings("""
        /// <summary>A block.</summary>
        [Model]
        public partial class BasicBlock(int inChannels, int channels, int stride = 1, Normalization norm = default)
        {
            [Conv2d(nameof(channels), 3, Stride = nameof(stride)), Norm, ReLU,
             Conv2d(nameof(channels), 3), Norm,
             Shortcut, ReLU]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
        }

        [Model, InstanceNorm, TrackGradientNoise]
        public partial class ResNet(int depth = 56, int width = 16, int classes = 10, double dropout = 0.1)
        {
            private int Blocks => (depth - 2) / 6;

            [Conv2d(nameof(width), 3, Groups = 1), GroupNorm(ChannelsPerGroup = 8), ReLU, MaxPool2d(2)]
            private partial Tensor Stem([Shape("N, 1, 28, 28")] Tensor images);

            [Block<BasicBlock>("channels: 4 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
            private partial Tensor Stage(Tensor x);

            [GlobalAvgPool, Dropout(nameof(dropout)), Linear($"2 * {nameof(classes)}"), GELU, Linear(nameof(classes))]
            [return: Shape("N, classes")]
            private partial Tensor Head(Tensor x);
        }
        """);

    /// <summary>Every attribute of the language that is no mere layer, and every option of theirs.</summary>
    private static readonly string WideSample = Compilations.WithUsings("""
        [assembly: Initialization(Init.TruncatedNormal, Deviation = 0.02)]
        [Model, LayerNorm, TrackGradientNoise, Initialization(Init.KaimingNormal, Fan = FanMode.Out, Bias = Init.Zeros)]
        public partial class Tokens(int width = 8, int words = 9, bool gated = true, double scale = 0.5, int[]? depths = null)
        {
            private int Twice => 2 * width;
            [Parameter("1, 1, width", Name = "cls.token", Initialization = Init.Normal, Deviation = 0.02)]
            private partial Parameter ClassToken { get; }
            [Buffer("width, width", Initializer = nameof(Causal), Persistent = false)]
            private partial Tensor Mask { get; }
            [Linear("words", Bias = false, Name = "embed"), Shape("N, T, width", Layout = Layout.ChannelsLast)]
            public partial Linear Table { get; }
            [Stage(Name = "stem.0"), Initialization(Init.Orthogonal, Gain = 2)]
            [Label("in"), Linear($"4 * {nameof(width)}"), Norm, GELU, Linear(nameof(width)), Shortcut(From = "in", Scale = nameof(scale))]
            private partial Tensor Stem([Shape("N, T, width")] Tensor x, [Shape("N, T, width")] Tensor? mask = null, int step = 0);
            [Branch(nameof(Left), nameof(Right), Merge = Merge.Concat), Call(nameof(Own)), Linear("width", When = nameof(gated))]
            [return: Shape("..., width")]
            private partial Tensor Mix(Tensor x, Tensor stem);
            [Linear("width"), Norm<OwnNorm>] private partial Tensor Left(Tensor x);
            [Linear("Twice - width"), LayerNorm(When = "!gated && width != 3")] private partial Tensor Right(Tensor x);
            [return: Shape("N, T, C")] private static Tensor Own([Shape("N, T, C")] Tensor x) => x * 2;
            [Block<Layer>("width: width", Repeat = "depths[0]", Name = "layers.layer{index + 1}"), Linear("words", Tied = nameof(Table))]
            private partial Tensor Head(Tensor x);
            private static Tensor Causal(long[] sizes) => torch.ones(sizes).tril();
        }
        [Model]
        public partial class Layer(int width)
        {
            [Linear(nameof(width)), Shortcut(Kernel = 3, Downsample = Downsample.AveragePool)]
            public override partial Tensor forward([Shape("N, T, width")] Tensor x);
            public Tensor forward(Tensor x, int times) { for (var i = 0; i < times; i++) x = forward(x) + x; return x; }
        }
        """);

    public static TheoryData<string> Absurd => new()
    {
        "[Model] partial class A { [Linear(1)] partial Tensor F(Tensor x); } [Model] partial class A { }",
        "[Model] partial class resnet { [ReLU] partial Tensor F(Tensor x); } [Model] partial class ResNet { [ReLU] partial Tensor F(Tensor x); }",
        "[Model] partial class A_1 { [ReLU] partial Tensor F(Tensor x); } [Model] partial class A<T> { [ReLU] partial Tensor F(Tensor x); }",
        "[Model] partial struct a { } [Model] partial interface p { } [Model] partial record struct r(int r);",
        "[Model] partial class { [Linear(1)] partial Tensor (Tensor); }",
        "[Model] partial class @class(int @int) { [Linear(\"@int\")] partial Tensor @return([Shape(\"@int, @int\")] Tensor @in); }",
        "[Model] partial class A : A { [Block<A>] partial Tensor F([Shape(\"A\")] Tensor x); }",
        "[Model] partial class A<T> : T where T : A<T> { [Block<A<A<T>>>(\"\")] partial Tensor F([Shape(\"A\")] Tensor x); }",
        "[Model] partial class A { [Block<List<>>, Block<int>, Block<dynamic>, Block<A[]>, Block<>, Block] partial Tensor F(Tensor x); }",
        "[Model] partial class A(int n = 1, int n = 2, Normalization norm = default) { [Conv2d(\"n\", 3), InstanceNorm] partial Tensor F([Shape(\"N, n, 2, 2\")] Tensor x); A a = new A(n: 3, n: 4);  A b = new(; A c = new A(, norm: Normalization.Instance( }",
        "[Model] partial class A(int n) { [Linear(\"n / 0\"), Linear(\"n % 0\"), Linear(\"1 / 0\")] partial Tensor F([Shape(\"N, n\")] Tensor x); }",
        "[Model] partial class A { [Linear(\"9223372036854775807 * 9223372036854775807 - 99999999999999999999\")] partial Tensor F([Shape(\"N, 1\")] Tensor x); }",
        "[Model] partial class A(int n) { [Linear(\"(-4611686018427387904 * 2 * n) / (-n)\")] partial Tensor F([Shape(\"N, n\")] Tensor x); }",
        "[Model] partial class A { [Conv2d(2147483647, 2147483647, Stride = -2147483648, Padding = -1, Dilation = 0)] partial Tensor F([Shape(\"N, 0, 0, -1\")] Tensor x); }",
        "[Model] partial class A { [Linear(null), Linear((string)null!), Conv2d(\"\", null)] partial Tensor F([Shape(null)] Tensor x); }",
        "[Model] partial class A { [ReLU] [return: Shape(\"\")] partial Tensor F([Shape(\",,,(,)[\")] Tensor x); }",
        "[Model] partial class A { [ReLU] partial Tensor F(); [ReLU] partial void F(int x); [ReLU] partial Tensor F(Tensor x); }",
        "[Model] partial class A { [ReLU] partial Tensor F(Tensor x); } [Model] partial class A { [GELU] partial Tensor F(Tensor x) => x; }",
        "[Model] partial class A { [ReLU] Tensor this[int i] => null!; [ReLU] public static A operator +(A a, A b) => a; [ReLU] ~A() {} [ReLU] A() {} }",
        "[Model] static partial class A(int n) { [Linear(nameof(n))] static partial Tensor F(Tensor x); }",
        "[Model] file partial class A { [Linear(1)] private partial Tensor F([Shape(\"N, 1\")] Tensor x); }",
        "partial class B { [Model] private protected partial class A { [Linear(1)] private partial Tensor F([Shape(\"N, 1\")] Tensor x); }",
        "class OwnAttribute : LayerAttribute { public OwnAttribute(int) { } } [Model] partial class A { [Own(1), Norm] partial Tensor F(Tensor x); }",
        "[assembly: GroupNorm(Groups = -3)] [Model] partial class A { [Conv2d(3, 3), Norm] private partial Tensor F([Shape(\"N, 1, 2, 2\")] Tensor x); }",
        "[Model] partial class A(int[] d) { [Block<A>(\"d: d, d: [..d]\", Repeat = \"d[0]\")] private partial Tensor F([Shape(\"N, d[d[0]]\")] Tensor x); }",
        "[Model] partial class A { [Branch(null!), Branch(null, \"\"), Call(null), Call(\"\"), Label(null), Label(\"\"), Shortcut(From = \"\")] partial Tensor F([Shape(\"N, 1\")] Tensor x); }",
        "[Model] partial class A { [Call(\"G\")] partial Tensor F([Shape(\"N, 1\")] Tensor x); [Branch(\"F\", \"G\")] partial Tensor G(Tensor x); [Call(\"F\")] partial Tensor forward(Tensor x); }",
        "[Model] partial class A { [Parameter(null)] partial Tensor P { get; } [Buffer(\"A, [,\", Initializer = \"\")] partial int Q { get; set; } [Parameter(\"1\"), Parameter(\"2\"), Linear(1)] Tensor this[int i] { get => null; } }",
        "[Model] partial class A(bool b) { [Label(\"a\", When = \"b\", Name = \"{\"), Linear(1, When = \"b && (\", Name = \"a{}}{index\", Tied = \"\")] partial Tensor F([Shape(\"N, 1\")] Tensor x); }",
        "[Model] partial class A { [Stage(Name = \"{index}..\"), Block<A>(Name = \"{{index}}\", Repeat = 2)] partial Tensor F([Shape(\"..., N, ..., ?\")] Tensor x, Tensor F, int x); public override int forward(params int[] forward) => 0; }",
        "[Model, Norm<string>, GroupNorm(When = \"\"), Initialization((Init)99, Bias = (Init)(-1))] partial class A { [Norm<A>, Linear(1)] partial Tensor F([Shape(\"N, 1\", Layout = (Layout)7)] Tensor x); }",
        $"[Model] partial class A(int n) {{ [Linear(\"{string.Concat(Enumerable.Repeat("n + ", 20_000))}n\")] partial Tensor F([Shape(\"N, 1\")] Tensor x); }}",
        $"[Model] partial class A(int n) {{ [Linear(\"{new string('(', 20_000)}\")] partial Tensor F([Shape(\"N, 1\")] Tensor x); }}",
        $"[Model] partial class A(int n) {{ {Doubling(40)} [Linear(\"P0\")] partial Tensor F([Shape(\"N, 1\")] Tensor x); }}",
    };

    [Fact]
    public async Task EveryPrefixOfASample_IsSurvived()
    {
        for (var length = 0; length <= Sample.Length; length += Step)
            await Compiler.Analyze(Sample[..length]);
    }

    [Fact]
    public async Task EveryPrefixOfASampleOfEveryAttribute_IsSurvived()
    {
        for (var length = 0; length <= WideSample.Length; length += Step)
            await Compiler.Analyze(WideSample[..length]);
    }

    [Fact]
    public async Task EveryGapInASampleOfEveryAttribute_IsSurvived()
    {
        for (var start = 0; start + Step <= WideSample.Length; start += Step)
            await Compiler.Analyze(WideSample.Remove(start, Step));
    }

    [Fact]
    public async Task EveryGapInASample_IsSurvived()
    {
        for (var start = 0; start + Step <= Sample.Length; start += Step)
            await Compiler.Analyze(Sample.Remove(start, Step));
    }

    [Theory]
    [MemberData(nameof(Absurd))]
    public async Task AbsurdSource_IsSurvived(string source) => await Compiler.Analyze(Compilations.WithUsings(source));

    /// <summary>Its bodies throw all the same, so that silence would hide why.</summary>
    [Theory]
    [InlineData("// <auto-generated/>\n", "")]
    [InlineData("", "[System.CodeDom.Compiler.GeneratedCode(\"Scaffold\", \"1\")]")]
    public async Task WrongModelInCodeThatSaysItIsGenerated_IsReported(string header, string attribute) => Assert.Equal(
        "MDL101",
        Assert.Single(await Compiler.Analyze(header + Compilations.WithUsings(
            attribute + "[Model] public partial class Net { [Linear(\"widht\")] private partial Tensor F([Shape(\"N, 1\")] Tensor x); }"))).Id);

    [Fact]
    public async Task SourceWithoutTheLibrary_IsSurvived() => await Compiler.Analyze("[Model] partial class A;");

    /// <summary>Properties of which each says the next twice.</summary>
    private static string Doubling(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(index => $"int P{index} => P{index + 1} + P{index + 1}; ")) + $"int P{count} => n;";
}
