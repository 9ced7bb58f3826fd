using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Snapshots;

/// <summary>
/// A post-activation and a pre-activation residual block under a variant of each kind: what one attribute changes in a network.
/// </summary>
public sealed class NormalizationTests
{
    [Fact]
    public void BatchNorm() => Blocks(", BatchNorm(Epsilon = 1e-3)").IsVerified().RunsBoth();

    [Fact]
    public void FilterResponseNorm() => Blocks(", FilterResponseNorm").IsVerified().RunsBoth();

    [Fact]
    public void EvoNormS0() => Blocks(", EvoNormS0(Groups = 2)").IsVerified().RunsBoth();

    [Fact]
    public void ScaledWeightStandardization() => Blocks(", ScaledWeightStandardization").IsVerified().RunsBoth();

    [Fact]
    public void WeightNorm() => Blocks(", WeightNorm").IsVerified().RunsBoth();

    [Fact]
    public void No_normalization() => Blocks(", NoNorm").IsVerified().RunsBoth();

    [Fact]
    public void Open() => Blocks("", ", Normalization norm = default").IsVerified().RunsBoth();

    [Fact]
    public void Open_with_open_activations() =>
        Blocks("", ", Normalization norm = default, Activation activation = default", "Activation").IsVerified().RunsBoth();

    private static Expansion Blocks(string variant, string parameters = "", string activation = "ReLU") => Expansion.Of($$"""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>Its author describes it.</summary>
        [Model{{variant}}]
        public partial class PostActivation(int inChannels = 4, int channels = 6, int stride = 2{{parameters}})
        {
            [Conv2d(nameof(channels), 3, Stride = nameof(stride)), Norm, {{activation}}, Conv2d(nameof(channels), 3), Norm, Shortcut, {{activation}}]
            public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
        }

        /// <summary>Its author describes it.</summary>
        [Model{{variant}}]
        public partial class PreActivation(int channels = 4{{parameters}})
        {
            [Norm, {{activation}}, Conv2d(nameof(channels), 3), Norm, {{activation}}, Dropout(0.1), Conv2d(nameof(channels), 3), Shortcut]
            private partial Tensor Body([Shape("N, channels, H, W")] Tensor x);

            [Norm, {{activation}}, GlobalAvgPool, Linear(10)]
            private partial Tensor Head(Tensor x);
        }
        """);
}

file static class BlocksExpansion
{
    public static void RunsBoth(this Expansion expansion) => expansion
        .Runs("Samples.PostActivation", [], [2, 4, 8, 8], [2, 6, 4, 4], ("N", 2), ("H", 8), ("W", 8), ("inChannels", 4), ("channels", 6), ("stride", 2))
        .Runs("Samples.PreActivation", [], [2, 4, 8, 8], [2, 10], ("N", 2), ("channels", 4));
}
