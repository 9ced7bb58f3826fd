using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>Residual networks whose branches nothing limits, and activations that stand twice.</summary>
public sealed class ResidualJudgmentTests
{
    [Theory]
    [InlineData("Model, {|MDL403:WeightNorm|}", 20, "9", "7.6E+05")]
    [InlineData("Model, {|MDL403:WeightNorm|}", 8, "3", "91")]
    public Task WeightNormInResiduals_IsReportedAtItsAttribute(string attributes, int depth, string blocks, string growth) =>
        ModelTest.Check(ResNetSource.Write(attributes, depth), WeightNorm(blocks, growth));

    [Theory]
    [InlineData("Model, {|MDL404:ScaledWeightStandardization|}", 26, "12", "4100")]
    [InlineData("Model, {|MDL404:ScaledWeightStandardization(Gain = 1.7)|}", 56, "27", "1.3E+08")]
    public Task StandardisedResiduals_AreReportedAtTheirAttribute(string attributes, int depth, string blocks, string growth) =>
        ModelTest.Check(ResNetSource.Write(attributes, depth), Standardised(blocks, growth));

    [Theory]
    [InlineData("Model, ScaledWeightStandardization", 14)]
    [InlineData("Model, WeightCentering", 56)]
    [InlineData("Model, FilterResponseNorm", 56)]
    [InlineData("Model, EvoNormS0(Groups = 4)", 56)]
    [InlineData("Model, NoNorm", 56)]
    public Task ResidualsOfFewBlocksOrOtherVariants_AreSilent(string attributes, int depth) =>
        ModelTest.Check(ResNetSource.Write(attributes, depth));

    [Fact]
    public Task CallThatPassesWeightNorm_IsReportedAtTheArgument() => ModelTest.Check(
        ResNetSource.Write("Model", 14, Program("new ResNet(norm: {|MDL403:Normalization.Weight()|})")), WeightNorm("6", "8300"));

    [Fact]
    public Task CallThatPassesStandardisedWeights_IsReportedAtTheArgument() => ModelTest.Check(
        ResNetSource.Write("Model", 14, Program("new ResNet(56, norm: {|MDL404:Normalization.ScaledWeightStandardization(epsilon: 1e-6)|})")),
        Standardised("27", "1.3E+08"));

    [Fact]
    public Task CallThatPassesThemToAShallowNetwork_IsSilent() => ModelTest.Check(
        ResNetSource.Write("Model", 14, Program("new ResNet(14, norm: Normalization.ScaledWeightStandardization())")));

    [Theory]
    [InlineData("Shortcut(Scale = BranchScale.SkipInit)", "2.6", "6.8")]
    [InlineData("Shortcut(Scale = \"1 / sqrt(27)\")", "2.6", "6.8")]
    [InlineData("Shortcut(ZeroInit = true)", "2.6", "6.8")]
    [InlineData("Shortcut(Scale = \"sqrt(0.5)\", InputScale = \"sqrt(0.5)\")", "2.2", "4.8")]
    public Task WeightNormWhoseReLUIsBehindTheSum_IsReportedWhateverTheFactors(string shortcut, string each, string growth) =>
        ModelTest.Check(RectifiedSums("{|MDL403:WeightNorm|}", $"{shortcut}, ReLU"),
            $"WeightNorm in residual blocks: predicted at initialisation, the variance grows about {each}x with each of 2, {growth}x in all; "
                + "no factor of the branch holds it, as the scaled ReLU behind the sum multiplies the shortcut too: "
                + "move the activation before the last weight layer of the branch, or use another variant, such as [GroupNorm]");

    [Theory]
    [InlineData("WeightNorm", "Shortcut(Scale = BranchScale.SkipInit), GELU")]
    [InlineData("WeightNorm", "Shortcut(Scale = BranchScale.SkipInit), Norm, ReLU, Conv2d(8, 3)")]
    [InlineData("WeightNorm", "Shortcut(Scale = 0.2, InputScale = 0.2), ReLU")]
    [InlineData("ScaledWeightStandardization", "Shortcut(Scale = BranchScale.SkipInit), ReLU")]
    public Task SumThatIsNotRectifiedOrScaled_IsSilent(string variant, string layers) =>
        ModelTest.Check(RectifiedSums(variant, layers));

    [Fact]
    public Task BranchWithAFactor_IsSilent() => ModelTest.Check("""
        [Model, WeightNorm]
        public partial class Net
        {
            [Norm, ReLU, Conv2d(8, 3), Norm, ReLU, Conv2d(8, 3), Shortcut(Scale = BranchScale.SkipInit)]
            private partial Tensor Body([Shape("N, 8, H, W")] Tensor x);
        }
        """);

    [Theory]
    [InlineData("Conv2d(8, 3), EvoNormB0, ReLU, {|MDL405:SiLU|}", "SiLU", "EvoNormB0")]
    [InlineData("Conv2d(8, 3), FilterResponseNorm, TLU, Label(\"a\"), {|MDL405:ReLU|}", "ReLU", "TLU")]
    [InlineData("Conv2d(8, 3), EvoNormS1(Groups = 2), Shortcut, ReLU, {|MDL405:TLU|}", "TLU", "EvoNormS1")]
    public Task ActivationBehindOne_IsReported(string layers, string second, string first) =>
        ModelTest.Check(Declare(layers), $"{second} follows {first}, which is an activation already: remove it");

    [Theory]
    [InlineData("Conv2d(8, 3), EvoNormB0, ReLU, Conv2d(8, 3), ReLU")]
    [InlineData("Conv2d(8, 3), FilterResponseNorm, TLU, MaxPool2d(2)")]
    [InlineData("Conv2d(8, 3), BatchNorm, ReLU, SiLU")]
    public Task ActivationsApart_AreSilent(string layers) => ModelTest.Check(Declare(layers));

    private static string RectifiedSums(string variant, string layers) => $$"""
        [Model]
        public partial class Block(Normalization norm = default)
        {
            [Conv2d(8, 3), Norm, ReLU, Conv2d(8, 3), Norm, {{layers}}]
            public override partial Tensor forward([Shape("N, 8, H, W")] Tensor x);
        }

        [Model, {{variant}}]
        public partial class Net
        {
            [Block<Block>(Repeat = 2)]
            private partial Tensor Body([Shape("N, 8, H, W")] Tensor x);
        }
        """;

    private static string Declare(string layers) => $$"""
        [Model]
        public partial class Net
        {
            [{{layers}}]
            private partial Tensor Body([Shape("N, 8, H, W")] Tensor x);
        }
        """;

    private static string Program(string call) => $$"""
        public static class Program
        {
            public static ResNet Create() => {{call}};
        }
        """;

    private static string WeightNorm(string blocks, string growth) =>
        $"WeightNorm in residual blocks: predicted at initialisation, the variance grows about 4.5x with each of {blocks}, {growth}x in all; "
            + "move the activation before the last weight layer of the branch and give the branch a factor, "
            + "'Shortcut(Scale = BranchScale.SkipInit)', or use another variant, such as [GroupNorm]";

    private static string Standardised(string blocks, string growth) =>
        $"ScaledWeightStandardization in {blocks} residual blocks whose branches have no factor: predicted at initialisation, "
            + $"the variance doubles with each, {growth}x in all; give the branches one, 'Shortcut(Scale = BranchScale.SkipInit)'";
}
