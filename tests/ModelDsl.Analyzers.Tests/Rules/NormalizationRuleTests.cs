using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>Variants of normalization in places where they can't be.</summary>
public sealed class NormalizationRuleTests
{
    private const string OfItsOwn = "a variant that stands for itself, such as [GroupNorm] or [LayerNorm]";

    private const string Maps = "N, 8, H, W";

    private const string NoMember =
        "'(LayerNormOver)9' is none of the values that Over of LayerNorm takes: Default, ChannelsAndPositions, Channels, LastAxes";

    [Theory]
    [InlineData("N, T, 8", "{|MDL321:WeightNorm|}, SelfAttention(2), Shortcut", "WeightNorm", "the nearest layer with one is SelfAttention, whose weights can't be")]
    [InlineData("N, T, 8", "SelfAttention(2), {|MDL321:WeightCentering|}", "WeightCentering", "the nearest layer with one is SelfAttention, whose weights can't be")]
    [InlineData("N, 8", "{|MDL321:ScaledWeightStandardization|}, Linear(8, Tied = nameof(Table))", "ScaledWeightStandardization",
        "the nearest layer with one is tied Linear, whose weights can't be")]
    [InlineData(Maps, "{|MDL321:WeightNorm|}, GlobalAvgPool", "WeightNorm", "'Body' has none that is free")]
    [InlineData(Maps, "Conv2d(8, 3), WeightNorm, ReLU, {|MDL321:WeightNorm|}, ReLU", "WeightNorm", "'Body' has none that is free")]
    public Task WeightsWithoutALayer_AreReportedAtTheSlot(string shape, string layers, string name, string found) => Check(shape, layers,
        $"{name} normalizes the weight of a convolution or Linear of its stage, and {found}: put one beside the slot, or choose {OfItsOwn}");

    [Theory]
    [InlineData("N, T, 8", "Linear(8), WeightNorm, SelfAttention(2)")]
    [InlineData("N, 8", "WeightNorm, Linear(8)")]
    [InlineData(Maps, "WeightNorm, ReLU, Conv2d(8, 3), WeightNorm, ReLU, ConvTranspose2d(8, 3)")]
    [InlineData(Maps, "DepthwiseConv2d(3), Conv2d(8, 3), WeightNorm, ReLU, WeightCentering")]
    public Task WeightsBesideALayer_AreSilent(string shape, string layers) => Check(shape, layers);

    [Fact]
    public Task WeightsOfAProperty_AreReported() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [{|MDL321:WeightNorm|}]
            public partial torch.nn.Module<Tensor, Tensor> Norm { get; }

            [return: Shape("N, 8")]
            public override Tensor forward([Shape("N, 8")] Tensor x) => Norm.call(x);
        }
        """,
        $"WeightNorm normalizes the weight of a convolution or Linear of its stage, and 'Norm' has none that is free: put one beside the slot, or choose {OfItsOwn}");

    [Theory]
    [InlineData("Conv2d(8, 3), {|MDL322:EvoNormS0(Groups = 2)|}, Conv2d(8, 3), ReLU", "EvoNormS0")]
    [InlineData("Conv2d(8, 3), {|MDL322:EvoNormB0|}, MaxPool2d(2), ReLU", "EvoNormB0")]
    [InlineData("Conv2d(8, 3), {|MDL322:EvoNormB1|}", "EvoNormB1")]
    public Task EvoNormWithoutAnActivation_IsReportedAtTheSlot(string layers, string name) => Check(Maps, layers,
        $"{name} takes the place of the activation behind its slot, and none belongs to it: put one there "
            + "(labels, shortcuts, dropout, StochasticDepth, SqueezeExcite, LayerScale and Multiply may stand between), or choose another variant here, such as [GroupNorm]");

    [Theory]
    [InlineData("Conv2d(8, 3), EvoNormS0(Groups = 2), SiLU")]
    [InlineData("Conv2d(8, 3), EvoNormB0, Label(\"a\"), Dropout2d(0.1), SqueezeExcite(2), LayerScale, StochasticDepth(0.1), Shortcut, GELU")]
    [InlineData("Conv2d(8, 3), EvoNormB1, Multiply(0.5), StochasticDepth(0.1), ReLU")]
    [InlineData("Conv2d(8, 3), EvoNormB2, Activation")]
    public Task EvoNormWithAnActivation_IsSilent(string layers) => Check(Maps, layers);

    [Theory]
    [InlineData("{|MDL304:FilterResponseNorm|}, ReLU", "FilterResponseNorm", "")]
    [InlineData("{|MDL304:EvoNormS0|}, ReLU", "EvoNormS0", "")]
    [InlineData("{|MDL304:InstanceNorm|}", "InstanceNorm", "")]
    [InlineData("{|MDL304:VarianceNorm|}", "VarianceNorm", " or vectors [N, C]")]
    [InlineData("{|MDL304:BatchNorm|}", "BatchNorm", " or vectors [N, C]")]
    public Task PositionsThatAreNotThere_AreReported(string layers, string name, string more) => Check("N, T, 8", layers,
        $"{name} normalizes feature maps [N, C, H, W]{more}, found [N, T, 8]; use [LayerNorm] here");

    [Theory]
    [InlineData("N, T, 8", "LayerNorm(Over = {|MDL304:LayerNormOver.ChannelsAndPositions|})",
        "Over = LayerNormOver.ChannelsAndPositions normalizes feature maps [N, C, H, W], found [N, T, 8]; remove Over to normalize channels")]
    [InlineData("N, 8", "Linear(8), LayerNorm(Over = {|MDL304:LayerNormOver.ChannelsAndPositions|})",
        "Over = LayerNormOver.ChannelsAndPositions normalizes feature maps [N, C, H, W], found [N, 8]; remove Over to normalize channels")]
    [InlineData(Maps, "LayerNorm(Over = LayerNormOver.LastAxes, Axes = {|MDL304:4|})",
        "Axes = 4 normalizes what has more than 4 axes, found [N, 8, H, W]; write Axes = 3 or less")]
    [InlineData("N, 8", "LayerNorm(Over = LayerNormOver.LastAxes, Axes = {|MDL304:2|})",
        "Axes = 2 normalizes what has more than 2 axes, found [N, 8]; write Axes = 1")]
    [InlineData("..., 8", "LayerNorm(Over = {|MDL304:LayerNormOver.LastAxes|})",
        "Over = LayerNormOver.LastAxes normalizes what has a known number of axes, found [..., 8]; remove Over to normalize channels")]
    public Task LayerNormOverWhatIsNotThere_IsReportedAtItsOption(string shape, string layers, string message) =>
        Check(shape, layers, $"LayerNorm with {message}");

    [Fact]
    public Task LayerNormOfTheClassOverWhatIsNotThere_IsReportedAtTheSlot() => ModelTest.Check(
        Declare("N, T, 8", "{|MDL304:Norm|}", "LayerNorm(Over = LayerNormOver.ChannelsAndPositions)"),
        "LayerNorm with Over = LayerNormOver.ChannelsAndPositions normalizes feature maps [N, C, H, W], found [N, T, 8]; "
            + "remove Over to normalize channels");

    [Fact]
    public Task ChoiceOfTheCallerForAnyNumberOfAxes_IsReportedAtTheSlot() => ModelTest.Check("""
        [Model]
        public partial class Net(Normalization norm = default)
        {
            [Linear(8), {|MDL304:Norm|}]
            private partial Tensor Body([Shape("..., 8")] Tensor x);
        }
        """, "LayerNorm normalizes what has a known number of axes, found [..., 8]; name every axis in [Shape]");

    [Theory]
    [InlineData("N, T, 8", "RMSNorm, Linear(8)")]
    [InlineData("N, 8", "VarianceNorm, NoNorm, LayerNorm(Over = LayerNormOver.Channels)")]
    [InlineData(Maps, "FilterResponseNorm, LayerNorm(Over = LayerNormOver.Channels), ReLU, RMSNorm")]
    public Task PositionsThatAreNotNeeded_AreSilent(string shape, string layers) => ModelTest.Check(Declare(shape, layers.Replace(", ", ", Dropout(0), ", StringComparison.Ordinal)));

    [Theory]
    [InlineData("EvoNormB0", "Norm(When = nameof({|MDL323:flag|})), ReLU", "the slot")]
    [InlineData("EvoNormB0", "Norm, ReLU(When = nameof({|MDL323:flag|}))", "ReLU")]
    [InlineData("FilterResponseNorm", "Norm, ReLU(When = nameof({|MDL323:flag|}))", "ReLU")]
    [InlineData("FilterResponseNorm", "Norm(When = nameof({|MDL323:flag|})), ReLU", "the slot")]
    [InlineData("WeightNorm", "Norm(When = nameof({|MDL323:flag|})), ReLU", "the slot")]
    public Task ConditionOnWhatIsChanged_IsReportedAtIt(string variant, string layers, string what) => ModelTest.Check(
        Declare(Maps, $"Conv2d(8, 3), {layers}", variant),
        $"{variant} changes the layers around its slot, and {what} has a condition: remove When, or choose {OfItsOwn}");

    [Theory]
    [InlineData("FilterResponseNorm", "Norm(When = nameof(flag)), SiLU")]
    [InlineData("WeightNorm", "Norm, ReLU(When = nameof(flag))")]
    [InlineData("ScaledWeightStandardization", "Norm, ReLU(When = nameof(flag))")]
    [InlineData("VarianceNorm", "Norm(When = nameof(flag)), ReLU(When = nameof(flag))")]
    public Task ConditionOnWhatStays_IsSilent(string variant, string layers) =>
        ModelTest.Check(Declare(Maps, $"Conv2d(8, 3), {layers}", variant));

    [Fact]
    public Task ConditionOfNothing_IsReported() => Check(Maps, "Conv2d(8, 3), NoNorm(When = nameof({|MDL109:flag|}))",
        "When has no effect on [NoNorm]: there is no layer");

    [Theory]
    [InlineData("BatchNorm(Epsilon = {|MDL103:-1e-5|})", "Epsilon of BatchNorm is -1E-05; it must be at least 0, which leaves it unset")]
    [InlineData("VarianceNorm(Momentum = {|MDL103:1.5|})", "Momentum of VarianceNorm is 1.5; it must be at least 0, which leaves it unset, and at most 1")]
    [InlineData("EvoNormB0(Momentum = {|MDL103:-0.1|})", "Momentum of EvoNormB0 is -0.1; it must be at least 0, which leaves it unset, and at most 1")]
    [InlineData("ScaledWeightStandardization(Gain = {|MDL103:-1.0|})", "Gain of ScaledWeightStandardization is -1; it must be at least 0, which leaves it unset")]
    [InlineData("LayerNorm(Over = LayerNormOver.LastAxes, Axes = {|MDL103:-1|})", "Axes of LayerNorm is -1; it must be at least 0, which leaves it unset")]
    [InlineData("RMSNorm(Epsilon = {|MDL103:double.NaN|})", "Epsilon of RMSNorm is NaN; it must be at least 0, which leaves it unset")]
    public Task OptionThatCanNotBeMeant_IsReportedAtItsValue(string norm, string message) => Check(Maps, $"Conv2d(8, 3), {norm}, ReLU", message);

    [Theory]
    [InlineData("BatchNorm(Epsilon = 1e-3, Momentum = 1)")]
    [InlineData("ScaledWeightStandardization(Gain = 1.7, Epsilon = 1e-6)")]
    [InlineData("EvoNormS0(ChannelsPerGroup = 4, Epsilon = 0)")]
    public Task OptionThatCanBeMeant_IsSilent(string norm) => Check(Maps, $"Conv2d(8, 3), {norm}, ReLU");

    [Fact]
    public Task OptionOnTheClass_IsReportedThere() => ModelTest.Check(
        Declare(Maps, "Conv2d(8, 3), Norm, ReLU", "{|MDL103:BatchNorm(Epsilon = -1)|}"),
        "Epsilon of BatchNorm is -1; it must be at least 0, which leaves it unset");

    [Fact]
    public Task ValueOfNoMemberOnTheClass_IsReportedThere() => ModelTest.Check(
        Declare(Maps, "Conv2d(8, 3), Norm, ReLU", "{|MDL110:LayerNorm(Over = (LayerNormOver)9, Axes = 2)|}"), NoMember);

    [Fact]
    public Task ValueOfNoMemberOnTheAssembly_IsReportedAtTheModel() => ModelTest.Check("""
        [assembly: LayerNorm(Over = (LayerNormOver)9)]

        [Model]
        public partial class {|MDL110:Net|}
        {
            [Conv2d(8, 3), Norm, ReLU]
            private partial Tensor Body([Shape("N, 8, H, W")] Tensor x);
        }
        """, NoMember);

    [Fact]
    public Task ValueOfAMemberOnTheClass_IsSilent() => ModelTest.Check(
        Declare(Maps, "Conv2d(8, 3), Norm, ReLU", "LayerNorm(Over = LayerNormOver.Channels)"));

    [Fact]
    public Task AxesOfAnotherMeaning_AreReported() => Check(Maps, "LayerNorm(Axes = {|MDL109:2|})",
        "Axes has no effect on [LayerNorm]: it counts those of Over = LayerNormOver.LastAxes");

    [Fact]
    public Task LastAxesWithoutSizes_AreReported() => Check(Maps, "{|MDL202:LayerNorm(Over = LayerNormOver.LastAxes, Axes = 2)|}",
        "LayerNorm needs the size of axis 2 of [N, 8, H, W] when the model is built, but 'H' is only known when it runs; give the axis a size in [Shape]");

    [Theory]
    [InlineData("N, 8, 4, width", "LayerNorm(Over = LayerNormOver.LastAxes, Axes = 3)")]
    [InlineData("N, T, 8", "LayerNorm(Over = LayerNormOver.LastAxes)")]
    public Task LastAxesWithSizes_AreSilent(string shape, string layers) => Check(shape, layers);

    [Theory]
    [InlineData("EvoNormS0(Groups = 3)", "3 groups")]
    [InlineData("EvoNormS2(ChannelsPerGroup = 3)", "groups of 3")]
    public Task GroupsOfAnEvoNormThatDoNotDivide_AreReported(string norm, string groups) => Check(Maps, $"Conv2d(8, 3), {{|MDL203:{norm}|}}, ReLU",
        $"8 channels do not divide into {groups}; choose a divisor of 8: 1, 2, 4, 8");

    [Fact]
    public Task GroupsOfAnEvoNormThatAreSaidTwice_AreReported() => Check(Maps, "Conv2d(8, 3), {|MDL208:EvoNormS1(Groups = 2, ChannelsPerGroup = 4)|}, ReLU",
        "EvoNormS1 has Groups = 2 and ChannelsPerGroup = 4: one follows from the other, so remove one");

    private static Task Check(string shape, string layers, params string[] messages) => ModelTest.Check(Declare(shape, layers), messages);

    private static string Declare(string shape, string layers, string variant = "") => $$"""
        [Model{{(variant.Length == 0 ? "" : ", " + variant)}}]
        public partial class Net(bool flag = true, int width = 4)
        {
            public (bool, int) All { get; } = (flag, width);

            [Embedding(8, 8)]
            public partial EmbeddingLayer Table { get; }

            [{{layers}}]
            private partial Tensor Body([Shape("{{shape}}")] Tensor x);
        }
        """;
}
