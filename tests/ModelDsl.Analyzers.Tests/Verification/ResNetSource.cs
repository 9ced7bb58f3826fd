namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>The ResNet of He et al. (2016) for small images, of depth 6 n + 2.</summary>
internal static class ResNetSource
{
    /// <param name="attributes">What stands on the class.</param>
    /// <param name="depth">The default depth.</param>
    /// <param name="rest">More source after the model.</param>
    public static string Write(string attributes, int depth, string rest = "") => $$"""
        [Model]
        public partial class BasicBlock(int inChannels, int channels, int stride = 1, Normalization norm = default)
        {
            [Conv2d(nameof(channels), 3, Stride = nameof(stride)), Norm, ReLU,
             Conv2d(nameof(channels), 3), Norm,
             Shortcut, ReLU]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
        }

        [{{attributes}}]
        public partial class ResNet(int depth = {{depth}}, int width = 16, int classes = 10, Normalization norm = default)
        {
            private int Blocks => (depth - 2) / 6;

            [Conv2d(nameof(width), 3), Norm, ReLU]
            private partial Tensor Stem([Shape("N, 3, 32, 32")] Tensor images);

            [Block<BasicBlock>("channels: width", Repeat = nameof(Blocks))]
            private partial Tensor Stage1(Tensor x);

            [Block<BasicBlock>("channels: 2 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
            private partial Tensor Stage2(Tensor x);

            [Block<BasicBlock>("channels: 4 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
            private partial Tensor Stage3(Tensor x);

            [GlobalAvgPool, Linear(nameof(classes))]
            private partial Tensor Head(Tensor x);
        }

        {{rest}}
        """;
}
