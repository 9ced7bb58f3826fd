using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Snapshots;

/// <summary>Whole networks as people publish them.</summary>
public sealed class NetworkTests
{
    [Fact]
    public void A_residual_network_of_repeated_blocks() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>The basic block of He et al. (2016).</summary>
        [Model]
        public partial class BasicBlock(int inChannels, int channels, int stride = 1, Normalization norm = default)
        {
            [Conv2d(nameof(channels), 3, Stride = nameof(stride)), Norm, ReLU,
             Conv2d(nameof(channels), 3), Norm,
             Shortcut, ReLU]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
        }

        /// <summary>Its author describes it.</summary>
        [Model, GroupNorm(ChannelsPerGroup = 8), TrackGradientNoise]
        public partial class ResNet(int depth = 20, int width = 16, int classes = 10)
        {
            private int Blocks => (depth - 2) / 6;

            [Conv2d(nameof(width), 3), Norm, ReLU]
            private partial Tensor Stem([Shape("N, 1, 28, 28")] Tensor images);

            [Block<BasicBlock>("channels: width", Repeat = nameof(Blocks))]
            private partial Tensor Stage1(Tensor x);

            [Block<BasicBlock>("channels: 2 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
            private partial Tensor Stage2(Tensor x);

            [Block<BasicBlock>("channels: 4 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
            private partial Tensor Stage3(Tensor x);

            [GlobalAvgPool, Linear(nameof(classes))]
            private partial Tensor Head(Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Samples.ResNet", [14, 8, 7], [2, 1, 28, 28], [2, 7], ("N", 2), ("classes", 7))
        .Runs("Samples.BasicBlock", [3, 8, 2], [2, 3, 9, 7], [2, 8, 5, 4], ("N", 2), ("inChannels", 3), ("channels", 8), ("stride", 2), ("H", 9), ("W", 7))
        .Runs("Samples.BasicBlock", [8, 8], [2, 8, 9, 7], [2, 8, 9, 7], ("N", 2), ("inChannels", 8), ("channels", 8), ("stride", 1), ("H", 9), ("W", 7));

    [Fact]
    public void A_chain_of_convolutions_and_pooling() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class LeNet(int classes = 10)
        {
            [Conv2d(6, 5, Padding = 2), ReLU, MaxPool2d(2), Conv2d(16, 5, Padding = 0), ReLU, MaxPool2d(2)]
            private partial Tensor Features([Shape("N, 1, 28, 28")] Tensor images);

            [Flatten, Linear(120), ReLU, Linear(84), ReLU, Linear(nameof(classes))]
            private partial Tensor Classify(Tensor features);
        }
        """)
        .IsVerified()
        .Runs("Samples.LeNet", [10], [3, 1, 28, 28], [3, 10], ("N", 3), ("classes", 10));

    [Fact]
    public void A_perceptron_over_vectors() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model]
        internal partial class Perceptron(int inputs, int width, int classes, double dropout = 0.1)
        {
            [Linear($"4 * {nameof(width)}"), LayerNorm, GELU, Dropout(nameof(dropout)),
             Linear(nameof(width)), LayerNorm, GELU, Dropout(0.25)]
            private partial Tensor Hidden([Shape("N, inputs")] Tensor x);

            [Linear(nameof(classes), Bias = false)]
            [return: Shape("N, classes")]
            private partial Tensor Head(Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Samples.Perceptron", [6, 4, 3, 0.5], [5, 6], [5, 3], ("N", 5), ("inputs", 6), ("width", 4), ("classes", 3));

    [Fact]
    public void A_preactivation_residual_network_of_several_depths() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>He et al. (2016b): the shortcut is never normalized nor activated after the addition.</summary>
        [Model]
        public partial class PreactivationBlock(int channels, Normalization norm = default)
        {
            [Norm, ReLU, Conv2d(nameof(channels), 3), Norm, ReLU, Conv2d(nameof(channels), 3), Shortcut]
            public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);
        }

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Preactivation(int[] depths, int width = 8, Normalization norm = default)
        {
            [Conv2d(nameof(width), 3)]
            private partial Tensor Stem([Shape("N, 3, H, W")] Tensor images);

            [Block<PreactivationBlock>(Repeat = "depths[0]"), Conv2d($"2 * {nameof(width)}", 2, Stride = 2), Block<PreactivationBlock>(Repeat = "depths[1]")]
            private partial Tensor Body(Tensor x);

            [Norm, ReLU, GlobalAvgPool]
            private partial Tensor Tail(Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Samples.Preactivation", [new[] { 1, 2 }, 4], [2, 3, 8, 8], [2, 8], ("N", 2), ("width", 4));

    [Fact]
    public void Blocks_whose_widths_come_from_an_array() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Layer(int inFeatures, int features)
        {
            [Linear(nameof(features)), ReLU]
            public override partial Tensor forward([Shape("N, inFeatures")] Tensor x);
        }

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Tower(int inputs, int[] widths, int layers)
        {
            [Block<Layer>("inFeatures: index == 0 ? inputs : widths[index - 1], features: widths[index]", Repeat = nameof(layers))]
            private partial Tensor Hidden([Shape("N, inputs")] Tensor x);

            [Linear(1)]
            private partial Tensor Head([Shape("N, widths[layers - 1]")] Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Samples.Tower", [5, new[] { 4, 3, 6 }, 3], [2, 5], [2, 1], ("N", 2));

    [Fact]
    public void A_handwritten_block_that_states_its_shapes() => Expansion.Of("""
        using ModelDsl;
        using TorchSharp;
        using static TorchSharp.torch;

        namespace Samples;

        internal sealed class Scale : nn.Module<Tensor, Tensor>
        {
            private readonly double _factor;

            public Scale(int channels, double factor = 0.5)
                : base("Scale")
            {
                _factor = factor / channels;
                RegisterComponents();
            }

            [return: Shape("N, channels, H, W")]
            public override Tensor forward([Shape("N, channels, H, W")] Tensor input) => input * _factor;
        }

        [Model]
        internal partial class Scaled(int width, double factor)
        {
            [Conv2d(nameof(width), 1), Block<Scale>("factor: 2 * factor"), ReLU, Block<Scale>(Repeat = 2), GlobalAvgPool]
            public override partial Tensor forward([Shape("N, 3, H, W")] Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Samples.Scaled", [4, 0.25], [2, 3, 5, 5], [2, 4], ("N", 2), ("width", 4));

    [Fact]
    public void An_encoder_and_decoder_with_windows_that_differ_by_axis() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>Convolutions, pooling and padding whose sizes are lists, parameters or both.</summary>
        [Model]
        public partial class Net(int channels = 4, int width = 6, int kernel = 5, int groups = 2, int factor = 2)
        {
            [ReflectionPad2d("2, 1, 0, 0"), Conv2d(nameof(width), "1, kernel", Groups = nameof(groups)), Norm, ReLU,
             DepthwiseConv2d(nameof(kernel), Stride = "1, 2", PaddingMode = PaddingMode.Replicate), MaxPool2d(3, Stride = 2, CeilMode = true)]
            private partial Tensor Encode([Shape("N, channels, H, W")] Tensor x);

            [ConvTranspose2d("factor * factor * channels", 3, Padding = 1), PixelShuffle(nameof(factor)),
             Upsample(Scale = "1, 2", Mode = UpsampleMode.Bilinear), AdaptiveAvgPool2d("kernel, 1"), Flatten(StartAxis = 2)]
            private partial Tensor Decode(Tensor x);
        }
        """).IsVerified().Runs("Samples.Net", [], [2, 4, 9, 9], [2, 4, 5], ("N", 2), ("channels", 4), ("width", 6), ("kernel", 5), ("groups", 2), ("factor", 2));
}
