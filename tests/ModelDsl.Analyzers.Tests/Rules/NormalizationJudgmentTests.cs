using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>
/// MDL406: both paths scaled where weights alone are normalized. MDL407: statistics of one value. MDL408: gains that don't fit.
/// </summary>
public sealed class NormalizationJudgmentTests
{
    private const string Balanced = "Scale = \"sqrt(0.5)\", InputScale = \"1 / Math.Sqrt(2)\"";

    [Theory]
    [InlineData("{|MDL406:ScaledWeightStandardization|}", Balanced, 7, "6.3")]
    [InlineData("{|MDL406:ScaledWeightStandardization|}", "Scale = 0.7071, InputScale = 0.7071", 27, "1200")]
    [InlineData("{|MDL406:WeightNorm|}", Balanced, 8, "8.2")]
    public Task BothPathsScaled_IsReportedAtTheVariant(string variant, string scale, int blocks, string growth) =>
        ModelTest.Check(Residuals(variant, scale, blocks),
            $"{variant.Split(':', '|')[2]} in {blocks} residual blocks whose both paths "
                + "are multiplied by 1 / sqrt 2: predicted at initialisation, the variance stays, "
                + $"but the gradient grows about 1.3x with each, {growth}x in all; scale the branches alone, 'Shortcut(Scale = \"1 / sqrt(blocks)\")'");

    [Theory]
    [InlineData("ScaledWeightStandardization", Balanced, 6)]
    [InlineData("BatchNorm", Balanced, 27)]
    [InlineData("ScaledWeightStandardization", "Scale = 0.2, InputScale = 0.2", 27)]
    [InlineData("ScaledWeightStandardization", "Scale = 0.7071", 27)]
    [InlineData("ScaledWeightStandardization", "Scale = BranchScale.SkipInit, InputScale = 0.7071", 27)]
    public Task FewBlocksOrOtherFactors_AreSilent(string variant, string scale, int blocks) =>
        ModelTest.Check(Residuals(variant, scale, blocks));

    [Theory]
    [InlineData("N, 8, 1, 1", "InstanceNorm", "nothing but the bias comes out")]
    [InlineData("N, 8, 1, 1", "FilterResponseNorm", "only the sign of each value is left")]
    [InlineData("N, 8, 1, 1", "GroupNorm(Groups = 8)", "nothing but the bias comes out")]
    [InlineData("N, 8, 1, 1", "EvoNormS0(ChannelsPerGroup = 1)", "each value is divided by the root of epsilon")]
    [InlineData("1, 8, 1, 1", "BatchNorm", "nothing but the bias comes out while training")]
    [InlineData("1, 8, 1, 1", "VarianceNorm", "each value is divided by the root of epsilon while training")]
    [InlineData("N, 1, 1, 1", "LayerNorm", "nothing but the bias comes out")]
    [InlineData("N, 1, 4, 4", "LayerNorm(Over = LayerNormOver.Channels)", "nothing but the bias comes out")]
    [InlineData("N, 4, 4, 1", "LayerNorm(Over = LayerNormOver.LastAxes)", "nothing but the bias comes out")]
    [InlineData("N, T, 1", "LayerNorm", "nothing but the bias comes out")]
    [InlineData("N, 1", "RMSNorm", "only the sign of each value is left")]
    public Task OneValueForAStatistic_IsReportedAtTheSlot(string shape, string norm, string outcome) =>
        ModelTest.Check(Slot(shape, $"{{|MDL407:{norm}|}}"),
            $"{norm.Split('(')[0]} has one value to take statistics of at [{shape}], so that {outcome}: remove it, or put it where there are more");

    [Fact]
    public Task OneValueAtTheDefaults_IsReportedWithThem() => ModelTest.Check("""
        [Model]
        public partial class Net(int size = 4)
        {
            [MaxPool2d(nameof(size)), {|MDL407:InstanceNorm|}]
            private partial Tensor Body([Shape("N, 8, size, size")] Tensor x);
        }
        """, "InstanceNorm has one value to take statistics of at [N, 8, 1, 1], so that nothing but the bias comes out: "
            + "remove it, or put it where there are more");

    [Theory]
    [InlineData("N, 8, 1, 2", "InstanceNorm")]
    [InlineData("N, 8, H, 1", "FilterResponseNorm")]
    [InlineData("N, 8, 1, 1", "GroupNorm(Groups = 4)")]
    [InlineData("N, 8, 1, 1", "LayerNorm")]
    [InlineData("N, 8, 1, 1", "BatchNorm")]
    [InlineData("1, 8, 2, 1", "BatchNorm")]
    [InlineData("1, 8", "LayerNorm")]
    [InlineData("N, 2, 4, 4", "LayerNorm(Over = LayerNormOver.Channels)")]
    public Task SeveralValues_AreSilent(string shape, string norm) => ModelTest.Check(Slot(shape, norm));

    [Theory]
    [InlineData("ScaledWeightStandardization(Gain = {|MDL408:1|}), ReLU", "1", "ReLU", "1.7129", "0.34")]
    [InlineData("ScaledWeightStandardization(Gain = {|MDL408:1.6|}), Shortcut, SiLU", "1.6", "SiLU", "1.7881", "0.8")]
    [InlineData("ScaledWeightStandardization(Gain = {|MDL408:1.7|}), Tanh", "1.7", "Tanh", "1.5939", "1.14")]
    public Task GainOfAnotherActivation_IsReportedAtItsValue(
        string layers, string gain, string activation, string right, string factor) =>
        ModelTest.Check(Gain("", layers), Message(gain, activation, right, factor));

    [Fact]
    public Task GainOnTheClass_IsReportedThereOnce() => ModelTest.Check(
        Gain(", {|MDL408:ScaledWeightStandardization(Gain = 3)|}", "Norm, Activation, Conv2d(8, 3), Norm, Activation"),
        Message("3", "ReLU", "1.7129", "3.07"));

    [Theory]
    [InlineData("", "ScaledWeightStandardization(Gain = 1.71396), ReLU")]
    [InlineData("", "ScaledWeightStandardization(Gain = 1.71), GELU")]
    [InlineData("", "ScaledWeightStandardization(Gain = 1), LeakyReLU(0.9)")]
    [InlineData("", "ScaledWeightStandardization(Gain = 1)")]
    [InlineData("", "ScaledWeightStandardization, ReLU")]
    [InlineData(", ScaledWeightStandardization(Gain = 1.79), SiLU", "Norm, Activation")]
    public Task GainThatFitsOrIsNotKnown_IsSilent(string attributes, string layers) => ModelTest.Check(Gain(attributes, layers));

    private static string Message(string gain, string activation, string right, string factor) =>
        $"Gain = {gain} beside [{activation}], whose gain is {right}: predicted at initialisation, "
            + $"each such layer multiplies the variance by {factor}; leave Gain out";

    private static string Residuals(string variant, string scale, int blocks) => $$"""
        [Model]
        public partial class Block(int channels, Normalization norm = default)
        {
            [Norm, ReLU, Conv2d(nameof(channels), 3), Norm, ReLU, Conv2d(nameof(channels), 3), Shortcut({{scale}})]
            public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);
        }

        [Model, {{variant}}]
        public partial class Net
        {
            [Block<Block>(Repeat = {{blocks}})]
            private partial Tensor Body([Shape("N, 16, H, W")] Tensor x);
        }
        """;

    private static string Slot(string shape, string norm) => $$"""
        [Model]
        public partial class Net
        {
            [{{norm}}, ReLU]
            private partial Tensor Body([Shape("{{shape}}")] Tensor x);
        }
        """;

    private static string Gain(string attributes, string layers) => $$"""
        [Model{{attributes}}]
        public partial class Net
        {
            [Conv2d(8, 3), {{layers}}]
            private partial Tensor Body([Shape("N, 8, H, W")] Tensor x);
        }
        """;
}
