using System.Globalization;

namespace ModelDsl.Benchmarks.Generators;

/// <summary>Source files with one model each: blocks, and networks that nest them, in turn.</summary>
internal static class ModelSources
{
    /// <summary>A file without any model.</summary>
    /// <param name="version">Tells an edited file from the first.</param>
    public static string Unrelated(int version) => $$"""
        namespace Samples;

        internal static class Unrelated
        {
            public static int Version => {{version}};
        }
        """;

    /// <summary>The file of one model.</summary>
    /// <param name="number">The model's number, from 0.</param>
    /// <param name="kernel">The size of its first kernel, by which an edited file differs.</param>
    public static string Model(int number, int kernel = 3) => (number % 2 == 0 ? Block(kernel) : Network(kernel))
        .Replace("Block$", "Block" + (number / 2).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("Network$", "Network" + (number / 2).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Block(int kernel) => $$"""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>A residual block.</summary>
        [Model]
        public partial class Block$(int inChannels, int channels, int stride = 1, Normalization norm = default)
        {
            [Conv2d(nameof(channels), {{kernel}}, Stride = nameof(stride)), Norm, ReLU,
             Conv2d(nameof(channels), 3), Norm,
             Shortcut, ReLU]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
        }
        """;

    private static string Network(int kernel) => $$"""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>A residual network.</summary>
        [Model, GroupNorm(ChannelsPerGroup = 8)]
        public partial class Network$(int depth = 20, int width = 16, int classes = 10)
        {
            private int Blocks => (depth - 2) / 6;

            [Conv2d(nameof(width), {{kernel}}), Norm, ReLU]
            private partial Tensor Stem([Shape("N, 3, 32, 32")] Tensor images);

            [Block<Block$>("channels: width", Repeat = nameof(Blocks))]
            private partial Tensor Stage1(Tensor x);

            [Block<Block$>("channels: 2 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
            private partial Tensor Stage2(Tensor x);

            [Block<Block$>("channels: 4 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
            private partial Tensor Stage3(Tensor x);

            [GlobalAvgPool, Linear(nameof(classes))]
            private partial Tensor Head(Tensor x);
        }
        """;
}
