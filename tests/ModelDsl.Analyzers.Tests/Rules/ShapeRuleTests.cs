using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ShapeRuleTests
{
    [Fact]
    public Task ConvolutionOfVectors_IsReportedAtTheLayer() => Check("N, 784", "{|MDL201:Conv2d(8, 3)|}",
        "Conv2d takes feature maps [N, C, H, W], found [N, 784]; put it before pooling or flattening");

    [Fact]
    public Task LinearOfFeatureMaps_IsReportedAtTheLayer() => Check("N, 3, 8, 8", "{|MDL201:Linear(10)|}",
        "Linear takes channels on the last axis, found [N, 3, 8, 8]; put GlobalAvgPool or Flatten before it, or bring the channels there: Rearrange with ChannelAxis = -1");

    [Fact]
    public Task WindowLargerThanTheMap_IsReportedAtTheLayer() => Check("N, 3, 4, 4", "{|MDL201:MaxPool2d(5)|}",
        "A window of 5 takes at least that many positions on axis 2, found [N, 3, 4, 4]; choose a smaller kernel or more padding");

    [Fact]
    public async Task TwoAxesWithoutALetter_AreReportedOnce() =>
        Assert.Equal("MDL102", Assert.Single(await Compiler.Analyze(Compilations.WithUsings(
            "[Model] public partial class Net { [Linear(10)] private partial Tensor Body([Shape(\"N, ,\")] Tensor x); }"))).Id);

    [Theory]
    [InlineData("N, 3, 5, 5", "MaxPool2d(5)")]
    [InlineData("N, 3, H, W", "MaxPool2d(5)")]
    [InlineData("N, 3, 8, 8", "Flatten, Linear(10)")]
    [InlineData("N, T, 64", "Linear(10)")]
    public Task LayerThatFits_IsSilent(string shape, string layers) => Check(shape, layers);

    [Fact]
    public Task LinearOfASizeThatIsOnlyKnownWhenItRuns_IsReported() => Check("N, 3, H, W", "Flatten, {|MDL202:Linear(10)|}",
        "Linear needs the size of axis 1 of [N, 3 * H * W] when the model is built, but 'H' is only known when it runs; "
        + "put GlobalAvgPool before it, or give the axis a size in [Shape]");

    [Fact]
    public Task LinearAfterGlobalPooling_IsSilent() => Check("N, 3, H, W", "GlobalAvgPool, Linear(10)");

    [Fact]
    public Task ChannelsThatGroupsDoNotDivide_AreReportedAtTheGroups() => Check("N, 6, H, W", "Conv2d(8, 3, Groups = {|MDL203:4|})",
        "6 channels do not divide into 4 groups; choose a divisor of 6: 1, 2, 3, 6");

    [Theory]
    [InlineData("Conv2d(8, 3, Groups = 2)")]
    [InlineData("Conv2d(\"2 * width\", 3, Groups = 2)")]
    public Task ChannelsThatGroupsDivideOrMayDivide_AreSilent(string layer) => Check("N, 6, H, W", layer);

    [Fact]
    public Task ShortcutRoundALayerThatShrinksTheMap_IsReportedAtTheShortcut() => Check("N, 3, 8, 8", "Conv2d(3, 3, Padding = 0), {|MDL204:Shortcut|}",
        "The stage's input [N, 3, 8, 8] can't be added to [N, 3, 6, 6]: axis 2 differs (8 and 6) by more than a stride; check kernel sizes and padding");

    [Theory]
    [InlineData("Conv2d(3, 3), Shortcut")]
    [InlineData("Conv2d(6, 3, Stride = 2), Shortcut")]
    public Task ShortcutThatAStridedProjectionMatches_IsSilent(string layers) => Check("N, 3, 8, 8", layers);

    [Fact]
    public Task ReturnedShapeThatDiffers_IsReportedAtItsText() => ModelTest.Check("""
        [Model]
        public partial class Net(int width)
        {
            [{|also:Linear(10)|}]
            [return: Shape({|MDL205:"N, 12"|})]
            private partial Tensor Head([Shape("N, width")] Tensor x);
        }
        """, "Declared [N, 12], inferred [N, 10]: axis 1 is 12 but should be 10");

    [Fact]
    public Task InputShapeThatDiffersFromTheStageBefore_IsReportedAtItsText() => ModelTest.Check("""
        [Model]
        public partial class Net(int width)
        {
            [Linear(10)]
            private partial Tensor {|also:Body|}([Shape("N, width")] Tensor x);

            [Linear(10)]
            private partial Tensor Head([Shape({|MDL205:"N, 1, 12"|})] Tensor x);
        }
        """, "Declared [N, 1, 12], inferred [N, 10]: axis 2 is 12 but should be absent");

    [Theory]
    [InlineData("N, 10")]
    [InlineData("B, ?")]
    [InlineData("..., 10")]
    [InlineData("N, width")]
    public Task ReturnedShapeThatMayBeRight_IsSilent(string shape) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int width)
        {
            [Linear(10)]
            [return: Shape("{{shape}}")]
            private partial Tensor Head([Shape("N, width")] Tensor x);
        }
        """);

    private static Task Check(string shape, string layers, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int width)
        {
            public int Width { get; } = width;

            [{{layers}}]
            private partial Tensor Head([Shape("{{shape}}")] Tensor x);
        }
        """, messages);
}
