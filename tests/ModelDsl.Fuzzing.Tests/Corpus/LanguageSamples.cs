namespace ModelDsl.Fuzzing.Tests.Corpus;

/// <summary>Declarations that are typed letter by letter, cut and mutated.</summary>
internal static class LanguageSamples
{
    public const string Small = """
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
        """;

    /// <summary>Every attribute of the language that is no mere layer, and every option of theirs.</summary>
    public const string Wide = """
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
        """;
}
