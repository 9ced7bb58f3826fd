using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Snapshots;

/// <summary>One small network in every variant of normalization: one attribute changes.</summary>
public sealed class VariantTests
{
    [Fact]
    public void BatchNorm_by_default() => Variant("").IsVerified().Runs();

    [Fact]
    public void LayerNorm_on_the_class() => Variant(", LayerNorm").IsVerified().Runs();

    [Fact]
    public void GroupNorm_on_the_class() => Variant(", GroupNorm(Groups = 2)").IsVerified().Runs();

    [Fact]
    public void InstanceNorm_on_the_class() => Variant(", InstanceNorm").IsVerified().Runs();

    [Fact]
    public void GroupNorm_that_tracks_gradient_noise() => Variant(", GroupNorm(ChannelsPerGroup = 2), TrackGradientNoise").IsVerified().Runs();

    [Fact]
    public void A_variant_on_the_assembly() => Variant("", "[assembly: LayerNorm]").IsVerified().Runs();

    [Fact]
    public void Every_slot_its_own_variant() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model, LayerNorm]
        public partial class Net
        {
            [Conv2d(4, 3), BatchNorm, ReLU, Conv2d(4, 3), GroupNorm(Groups = 2), ReLU, Conv2d(4, 3), InstanceNorm, Conv2d(4, 3), LayerNorm, Conv2d(4, 3), Norm]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

            [GlobalAvgPool, Linear(5), Norm, Linear(5), BatchNorm, Linear(4)]
            private partial Tensor Head(Tensor x);
        }
        """).IsVerified().Runs();

    [Fact]
    public void Open_slots_with_a_choice_of_their_own() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>Its author describes it.</summary>
        [Model, GroupNorm(Groups = 2), TrackGradientNoise]
        public partial class Net(Normalization norm = default)
        {
            [Conv2d(4, 3), Norm, ReLU, Conv2d(4, 3), InstanceNorm, ReLU]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);

            [GlobalAvgPool, Linear(4), LayerNorm]
            private partial Tensor Head(Tensor x);
        }
        """).IsVerified().Runs();

    private static Expansion Variant(string attribute, string assembly = "") => Expansion.Of($$"""
        using ModelDsl;
        using static TorchSharp.torch;

        {{assembly}}

        namespace Samples;

        /// <summary>Its author describes it.</summary>
        [Model{{attribute}}]
        public partial class Net(int width = 4)
        {
            [Conv2d(nameof(width), 3), Norm, ReLU, Conv2d(nameof(width), 3, Stride = 2), Norm, Shortcut, ReLU, GlobalAvgPool]
            public override partial Tensor forward([Shape("N, 3, H, W")] Tensor x);
        }
        """);
}

file static class VariantExpansion
{
    public static void Runs(this Expansion expansion) =>
        expansion.Runs("Samples.Net", [], [2, 3, 6, 6], [2, 4], ("N", 2), ("width", 4));
}
