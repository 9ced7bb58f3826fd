using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Language;

/// <summary>Each construct of the language once, as generated code, compiled and run.</summary>
public sealed class LanguageTests
{
    [Fact]
    public void Branches_that_are_concatenated_multiplied_and_added() => Of("""
        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Cell(int inChannels, int channels)
        {
            [Branch(nameof(Narrow), nameof(Wide), Merge = Merge.Concat),
             Branch(nameof(Gate), Merge = Merge.Multiply),
             Branch(nameof(Residue)),
             Branch(nameof(Narrow2), nameof(Residue2), nameof(Narrow3))]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);

            [Conv2d(nameof(channels), 1), Norm, ReLU]
            private partial Tensor Narrow(Tensor x);

            [Conv2d(nameof(channels), 5), Norm, ReLU]
            private partial Tensor Wide(Tensor x);

            [GlobalAvgPool(KeepAxes = true), Conv2d($"2 * {nameof(channels)}", 1), Sigmoid]
            private partial Tensor Gate(Tensor x);

            [Conv2d($"2 * {nameof(channels)}", 3), Norm, ReLU]
            private partial Tensor Residue(Tensor x);

            [Conv2d(4, 1)]
            private partial Tensor Narrow2(Tensor x);

            [Conv2d(4, 3)]
            private partial Tensor Residue2(Tensor x);

            [Conv2d(4, 5)]
            private partial Tensor Narrow3(Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Cell", [3, 8], [2, 3, 9, 9], [2, 4, 9, 9], ("N", 2), ("H", 9), ("W", 9));

    [Fact]
    public void Labels_and_shortcuts_with_every_option() => Of("""
        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Net(int width, double scale = 0.5)
        {
            [Conv2d(nameof(width), 3), Label("a"), ReLU, Conv2d(nameof(width), 3), Shortcut(From = "a"),
             Conv2d($"2 * {nameof(width)}", 3, Stride = 2), Norm, Shortcut(Kernel = 3, Scale = 0.25), ReLU]
            private partial Tensor First([Shape("N, 3, 16, 16")] Tensor x);

            [Conv2d($"4 * {nameof(width)}", 3, Stride = 2), Shortcut(Downsample = Downsample.AveragePool, Scale = nameof(scale)), ReLU]
            private partial Tensor Second(Tensor x);

            [Conv2d($"8 * {nameof(width)}", 3, Stride = 2), Shortcut(Downsample = Downsample.Pad)]
            private partial Tensor Third(Tensor x);

            [Upsample(Scale = 4), Conv2d($"2 * {nameof(width)}", 1), Shortcut(From = nameof(first))]
            private partial Tensor Fourth(Tensor x, Tensor first);
        }
        """)
        .IsVerified()
        .Runs("Net", [4], [2, 3, 16, 16], [2, 8, 8, 8], ("N", 2), ("width", 4));

    [Fact]
    public void Residuals_with_every_scale() => Of("""
        /// <summary>Its author describes it.</summary>
        [Model, Initialization(Init.KaimingNormal)]
        public partial class Block(int inChannels, int channels, double alpha, double beta, int blocks, bool isResidual = true)
        {
            [ReLU, Multiply(nameof(beta)), Label("branch"), Conv2d(nameof(channels), 3), ReLU, Multiply(0.5), Conv2d(nameof(channels), 3),
             Shortcut(From = "branch", Scale = nameof(alpha), When = "inChannels != channels"),
             Shortcut(Scale = nameof(alpha), When = "inChannels == channels")]
            private partial Tensor Free([Shape("N, inChannels, H, W")] Tensor x);

            [Conv2d(nameof(channels), 3), Shortcut(Scale = BranchScale.SkipInit), ReLU,
             Conv2d($"2 * {nameof(channels)}", 3), Shortcut(Scale = BranchScale.SkipInit, Initial = "1 / sqrt(blocks)", When = nameof(isResidual))]
            private partial Tensor Learned(Tensor x);

            [Conv2d($"2 * {nameof(channels)}", 3), Shortcut(Scale = "sqrt(0.5)", InputScale = "sqrt(0.5)"), Tanh,
             Label("a"), Conv2d($"2 * {nameof(channels)}", 3), Shortcut(From = "a", Scale = 0.25, InputScale = 0.75)]
            private partial Tensor Both(Tensor x);
        }

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Net(int blocks = 2, double alpha = 0.2)
        {
            [Block<Block>("channels: 4, alpha: alpha, beta: 1 / Math.Sqrt(1 + index * alpha * alpha), blocks: count", Repeat = nameof(blocks))]
            private partial Tensor Body([Shape("N, 3, 9, 9")] Tensor x);
        }
        """, "using System;")
        .IsVerified()
        .Runs("Block", [3, 4, 0.2, 0.9, 2], [2, 3, 9, 9], [2, 8, 9, 9], ("N", 2), ("channels", 4), ("H", 9), ("W", 9))
        .Runs("Block", [4, 4, 0.2, 0.9, 2, false], [2, 4, 9, 9], [2, 8, 9, 9], ("N", 2), ("channels", 4), ("H", 9), ("W", 9))
        .Runs("Net", [], [2, 3, 9, 9], [2, 8, 9, 9], ("N", 2));

    [Fact]
    public void Names_levels_conditions_and_initialization() => Of("""
        /// <summary>Its author describes it.</summary>
        [Model, Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
        public partial class Layer(int inChannels, int growth, bool wide = true)
        {
            [Norm(Name = "norm1"), ReLU, Conv2d($"4 * {nameof(growth)}", 1, Name = "conv1", When = nameof(wide)), ReLU(When = "growth > 2"),
             Conv2d(nameof(growth), 3, Name = "conv2")]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
        }

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Net(int growth = 4, int layers = 2)
        {
            [Stage(Name = "features")]
            [Conv2d(8, 3, Name = "conv0"), Norm(Name = "norm0"), ReLU]
            private partial Tensor Stem([Shape("N, 3, 16, 16")] Tensor x);

            [Stage(Name = "features.block")]
            [Block<Layer>("growth: growth", Repeat = nameof(layers), Name = "layer{index + 1}")]
            private partial Tensor Dense(Tensor x);

            [Stage(Name = "head")]
            [GlobalAvgPool, Initialization(Init.Zeros), Linear(10)]
            private partial Tensor Head(Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Net", [], [2, 3, 16, 16], [2, 10], ("N", 2));

    [Fact]
    public void A_transformer_with_masks_properties_parameters_and_a_forward_of_its_own() => Of("""
        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Attend(int width, Normalization norm = default)
        {
            [Norm, Linear(nameof(width)), Call(nameof(Mask)), Shortcut]
            public override partial Tensor forward([Shape("N, T, width")] Tensor x, Tensor? mask);

            [return: Shape("N, T, width")]
            private static Tensor Mask([Shape("N, T, width")] Tensor x, Tensor? mask) => mask is null ? x : x * mask;
        }

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Encoder(int width, int depth)
        {
            [Block<Attend>(Repeat = nameof(depth))]
            private partial Tensor Layers([Shape("N, T, width")] Tensor x, Tensor? mask = null);

            [Block<Attend>]
            private partial Tensor Last(Tensor x, Tensor? mask = null);
        }

        /// <summary>Its author describes it.</summary>
        [Model, LayerNorm]
        public partial class VisionTransformer(int width = 8, int depth = 2, int classes = 10)
        {
            [Parameter("1, 1, width", Initialization = Init.Zeros)]
            private partial Parameter ClassToken { get; }

            [Parameter("1, 17, width", Name = "encoder.positions", Initialization = Init.Normal, Deviation = 0.02)]
            private partial Parameter Positions { get; }

            [Buffer("width", Initializer = nameof(Ramp), Persistent = false)]
            private partial Tensor Scale { get; }

            [Conv2d(nameof(width), 4, Stride = 4)]
            private partial Conv2d Patches { get; }

            [Block<Encoder>("depth: depth")]
            private partial Encoder Encoder { get; }

            [Linear(nameof(classes))]
            private partial Linear Classifier { get; }

            private static Tensor Ramp(long[] sizes) => arange(sizes[0], dtype: ScalarType.Float32);

            /// <inheritdoc/>
            public override Tensor forward([Shape("N, 3, 16, 16")] Tensor images)
            {
                var patches = Patches.call(images).flatten(2).transpose(1, 2);
                var token = ClassToken.expand(images.shape[0], -1, -1);
                var tokens = cat([token, patches], 1) + Positions;
                return Classifier.call(Encoder.call(tokens * Scale, null)[.., 0]);
            }
        }
        """, "using TorchSharp.Modules;")
        .IsVerified()
        .Runs("VisionTransformer", [], [2, 3, 16, 16], [2, 10], ("N", 2), ("classes", 10));

    [Fact]
    public void Tied_weights_and_a_normalization_of_ones_own() => Of("""
        internal sealed class UnitNorm(NormalizationSite site) : nn.Module<Tensor, Tensor>("unit")
        {
            public override Tensor forward(Tensor x) => x / (x.norm(site.ChannelAxis, keepdim: true) + 1);
        }

        /// <summary>Its author describes it.</summary>
        [Model, Norm<UnitNorm>]
        public partial class Net(int width = 8)
        {
            [Linear(nameof(width)), Norm, Activation, Block<Inner>]
            private partial Tensor First([Shape("N, width")] Tensor x);

            [Linear(nameof(width), Tied = nameof(Shared))]
            private partial Tensor Second(Tensor x);

            [Linear(nameof(width)), Shape("N, width")]
            private partial Linear Shared { get; }
        }

        /// <summary>Its author describes it.</summary>
        [Model, SiLU]
        public partial class Inner(int width, Normalization norm = default)
        {
            [Linear(nameof(width)), Norm, Activation]
            public override partial Tensor forward([Shape("N, width")] Tensor x);
        }
        """, "using TorchSharp.Modules;")
        .IsVerified();

    [Fact]
    public void Leading_axes_of_any_number() => Of("""
        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Mlp(int width, int hidden)
        {
            [Norm, Linear(nameof(hidden)), GELU, Dropout(0.1), Linear(nameof(width)), Shortcut]
            public override partial Tensor forward([Shape("..., width")] Tensor x);
        }

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Net
        {
            [Block<Mlp>("hidden: 16", Repeat = 2), Linear(3)]
            private partial Tensor Body([Shape("N, T, 8")] Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Mlp", [8, 16], [2, 8], [2, 8], ("...", 2), ("width", 8))
        .Runs("Net", [], [2, 5, 8], [2, 5, 3], ("N", 2), ("T", 5));

    private static Expansion Of(string source, string usings = "") => Expansion.Of($"""
        using ModelDsl;
        using TorchSharp;
        {usings}
        using static TorchSharp.torch;

        {source}
        """);
}
