using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>What is wrong with layers over positions, and what is only close to it.</summary>
public sealed class PositionRuleTests
{
    [Theory]
    [InlineData("N, 3, 8, 8", "Conv2d(8, {|MDL211:\"1, 7, 7\"|})", "KernelSize of Conv2d lists 3 sizes, '1, 7, 7'; give one for all, or 2")]
    [InlineData("N, 3, 8, 8, 8", "MaxPool3d(2, Stride = {|MDL211:\"1, 2\"|})", "Stride of MaxPool3d lists 2 sizes, '1, 2'; give one for all, or 3")]
    [InlineData("N, 3, 8, 8", "ZeroPad2d({|MDL211:\"1, 2\"|})", "Padding of ZeroPad2d lists 2 sizes, '1, 2'; give one for all, or 4")]
    [InlineData("N, 3, 8, 8", "Upsample(Size = {|MDL211:\"1, 2, 3\"|})", "Size of Upsample lists 3 sizes, '1, 2, 3'; give one for all, or 2")]
    public Task ListWithoutASizeForEachAxis_IsReportedAtIt(string shape, string layer, string message) => Check(shape, layer, message);

    [Theory]
    [InlineData("Upsample", "Upsample has neither Scale nor Size; give one of them")]
    [InlineData("Upsample(Scale = 2, Size = 16)", "Upsample has both Scale and Size; give one of them")]
    [InlineData("Upsample(Scale = 2, AlignCorners = true)",
        "AlignCorners has no meaning where Upsample takes the nearest position; "
        + "choose Mode = UpsampleMode.Bilinear or UpsampleMode.Bicubic, or remove it")]
    public Task OptionsThatDoNotGoTogether_AreReportedAtTheLayer(string layer, string message) =>
        Check("N, 3, 8, 8", $"{{|MDL212:{layer}|}}", message);

    [Theory]
    [InlineData("Conv2d(8, \"1, {|MDL103:0|}\")", "KernelSize of Conv2d is 0; it must be at least 1")]
    [InlineData("Conv2d(8, 3, Padding = \"{|MDL103:-1|}, 1\")", "Padding of Conv2d is -1; it must be at least 0")]
    [InlineData("Conv2d(8, \"1, {|MDL101:widht|}\")",
        "'widht' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: width")]
    [InlineData("Conv2d(8, \"1, {|MDL102:2.5|}\")",
        "'2.5' is not a size: write an integer, nameof(parameter), or C# integer arithmetic over parameters")]
    public Task SizeInAList_IsReportedAtItsCharacters(string layer, string message) => Check("N, 3, 8, 8", layer, message);

    [Theory]
    [InlineData("N, T, 64", "Conv1d(8, 3)",
        "Conv1d takes feature maps [N, C, T], found [N, T, 64]; "
        + "its channels are the last axis: say Layout = Layout.ChannelsFirst in [Shape] if axis 1 holds them")]
    [InlineData("N, 3, 8, 8, 8", "Conv2d(8, 3)",
        "Conv2d takes feature maps [N, C, H, W], found [N, 3, 8, 8, 8]; use the layer for 3 position axes, or reshape it")]
    [InlineData("N, 3, 4, 4", "Conv2d(8, \"3, 5\", Padding = \"0, 0\")",
        "A window of 5 takes at least that many positions on axis 3, found [N, 3, 4, 4]; choose a smaller kernel or more padding")]
    [InlineData("N, 3, 4, 4", "Conv2d(8, 9, PaddingMode = PaddingMode.Reflect)",
        "Conv2d with PaddingMode.Reflect takes at least 5 positions on axis 2 for a padding of 4, found [N, 3, 4, 4]; choose a smaller padding")]
    [InlineData("N, 3, 4, 4", "CircularPad2d(\"0, 0, 5, 0\")",
        "CircularPad2d takes at least 5 positions on axis 2 for a padding of 5, found [N, 3, 4, 4]; choose a smaller padding")]
    [InlineData("N, 3, 4, 4", "ZeroPad2d(-2)", "ZeroPad2d takes more positions on axis 2 than it cuts off, found [N, 3, 4, 4]; cut off less")]
    [InlineData("N, 3, 1, 1", "ConvTranspose2d(8, 1, Padding = 1)",
        "Padding of 1 takes more positions on axis 2 than it cuts off, found [N, 3, 1, 1]; choose less padding")]
    [InlineData("N, 3, 4, 4", "Upsample(Scale = 2, Mode = UpsampleMode.Linear)",
        "UpsampleMode.Linear takes feature maps [N, C, T], found [N, 3, 4, 4]; use UpsampleMode.Bilinear or UpsampleMode.Bicubic here")]
    [InlineData("N, 6, 4, 4", "PixelShuffle(2)",
        "PixelShuffle takes a multiple of 4 channels, found [N, 6, 4, 4]; give the layer before it 4 channels for each that is to come out")]
    [InlineData("N, 6, 4, 5", "PixelUnshuffle(2)",
        "PixelUnshuffle takes positions that are a multiple of 2, found [N, 6, 4, 5]; pad the map, or choose a factor that divides it")]
    [InlineData("N, 12", "Unflatten(1, \"3, 3\")",
        "Unflatten into 3 x 3 takes 9 on the axis that it splits, found [N, 12]; choose sizes whose product is the axis")]
    [InlineData("N, 12", "Unflatten(1, \"-1, 5\")",
        "Unflatten into -1 x 5 takes a multiple of 5, found [N, 12]; choose sizes whose product is the axis")]
    [InlineData("N, 12", "Unflatten(2, \"3, 4\")", "Unflatten of axis 2 takes an axis that it has, found [N, 12]; choose 0 to 1")]
    [InlineData("N, 3, 4, 4", "Flatten(StartAxis = 2, EndAxis = 4)",
        "Flatten of axes 2 to 4 takes axes that it has, from 0 to 3, found [N, 3, 4, 4]; choose the first axis before the last")]
    [InlineData("N, 12", "GlobalAvgPool",
        "GlobalAvgPool takes feature maps [N, C, ...] or sequences [N, T, C], found [N, 12]; remove it: there are no positions left")]
    public Task LayerThatDoesNotFit_IsReportedAtTheLayer(string shape, string layer, string message) =>
        Check(shape, $"{{|MDL201:{layer}|}}", message);

    [Theory]
    [InlineData("ConvTranspose2d(6, 3, Stride = 2, OutputPadding = {|MDL103:2|})",
        "OutputPadding of ConvTranspose2d is 2; it must be at least 0 and less than 2, the larger of stride and dilation")]
    [InlineData("AvgPool2d(3, Padding = {|MDL103:2|})", "Padding of AvgPool2d is 2; it must be at least 0 and at most 1, half the kernel")]
    [InlineData("Upsample(Scale = {|MDL103:-0.5|})", "Scale of Upsample is -0.5; it must be at least 0, and not 0 itself")]
    [InlineData("ConvTranspose2d(6, 3, Groups = {|MDL203:4|})", "3 channels do not divide into 4 groups; choose a divisor of 3: 1, 3")]
    [InlineData("Conv2d(6, 3), ChannelShuffle({|MDL203:4|})", "6 channels do not divide into 4 groups; choose a divisor of 6: 1, 2, 3, 6")]
    public Task NumberThatALayerRefuses_IsReportedAtIt(string layer, string message) => Check("N, 3, 8, 8", layer, message);

    [Theory]
    [InlineData("N, 3, 8, 8", "Conv2d(8, \"1, 7\", Stride = 2, Padding = \"0, 3\")")]
    [InlineData("N, 3, 5, 5", "Conv2d(8, 9, PaddingMode = PaddingMode.Reflect)")]
    [InlineData("N, 3, 4, 4", "Conv2d(8, 9, PaddingMode = PaddingMode.Circular)")]
    [InlineData("N, 3, H, W", "Conv2d(8, 9, PaddingMode = PaddingMode.Reflect)")]
    [InlineData("N, 3, 5, 5", "ZeroPad2d(-2)")]
    [InlineData("N, 3, 8, 8", "ConvTranspose2d(6, 3, Dilation = 3, OutputPadding = 2)")]
    [InlineData("N, 3, 8, 8", "Upsample(Scale = 0.5)")]
    [InlineData("N, 3, 8, 8", "Upsample(Scale = 2, Mode = UpsampleMode.Bilinear, AlignCorners = true)")]
    [InlineData("N, width, H, W", "PixelShuffle(2)")]
    [InlineData("N, ?, ?, ?", "PixelShuffle(2), ChannelShuffle(3), PixelUnshuffle(5), MaxPool2d(9, CeilMode = true), Unfold(3)")]
    [InlineData("N, width", "Unflatten(1, \"4, 4\")")]
    [InlineData("N, T, 64", "GlobalAvgPool, Linear(10)")]
    [InlineData("N, width, H, W", "DepthwiseConv2d(3, Multiplier = nameof(width)), Conv2d(\"width * width\", 1, Groups = nameof(width))")]
    public Task LayerThatFitsOrMayFit_IsSilent(string shape, string layers) => Check(shape, layers);

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
