using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class LayerRuleTests
{
    [Theory]
    [InlineData("Dropout(nameof({|MDL223:label|}))", "label")]
    [InlineData("LeakyReLU(\"slope + {|MDL223:true|}\")", "true")]
    [InlineData("LeakyReLU(\"2 * {|MDL223:label|}\")", "label")]
    [InlineData("ELU(\"{|MDL223:Math.Round(slope)|}\")", "Math.Round(slope)")]
    [InlineData("Hardtanh(Minimum = \"{|MDL223:a b|}\")", "a b")]
    [InlineData("Softplus(Beta = \"{|MDL223:Loop|}\")", "Loop")]
    public Task TextThatIsNoNumber_IsReportedUnderItsCharacters(string layer, string found) => Check("N, 4", layer,
        $"'{found}' is not a number: write one, nameof(parameter), or C# arithmetic over numbers and parameters");

    [Theory]
    [InlineData("Dropout(nameof(slope))")]
    [InlineData("Dropout(\"slope / 2 + 1 / 4\")")]
    [InlineData("LeakyReLU(\"isSteep && width > 3 ? -slope : Math.Sqrt(2) * rates[width - 1]\")")]
    [InlineData("LeakyReLU(\"Half * (1 - slope)\")")]
    [InlineData("ELU(\"width\")")]
    public Task Arithmetic_IsSilent(string layer) => Check("N, 4", layer);

    [Fact]
    public Task NameThatDoesNotBind_IsReportedUnderItsCharacters() => Check("N, 4", "Dropout(\"2 * {|MDL101:slopf|}\")",
        "'slopf' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: width, slope");

    [Theory]
    [InlineData("Dropout({|MDL103:1.5|})", "Dropout", "1.5")]
    [InlineData("AlphaDropout({|MDL103:\"-1 / 2\"|})", "AlphaDropout", "-1 / (double)2")]
    [InlineData("StochasticDepth({|MDL103:double.NaN|})", null, null)]
    public Task ProbabilityOutOfBounds_IsReported(string layer, string? name, string? found) => found is null
        ? Check("N, 4", layer.Replace("MDL103", "MDL223", StringComparison.Ordinal),
            "'NaN' is not a number: write one, nameof(parameter), or C# arithmetic over numbers and parameters")
        : Check("N, 4", layer, $"Probability of {name} is {found}; it must be at least 0 and at most 1");

    [Fact]
    public Task HalvesOfAnOddNumberOfChannels_AreReportedAtTheLayer() => Check("N, 7", "{|MDL201:SwiGLU|}",
        "SwiGLU takes an even size on axis 1, which it halves, found [N, 7]; give the layer before it twice the channels that you want");

    [Theory]
    [InlineData("N, 8")]
    [InlineData("N, width")]
    [InlineData("N, T, 2 * width")]
    public Task HalvesThatMayBeEqual_AreSilent(string shape) => Check(shape, "SwiGLU");

    [Fact]
    public Task AxisThatIsNone_IsReported() => Check("N, 8", "Softmax(Axis = {|MDL201:2|})",
        "Softmax takes an axis from -2 to 1, found [N, 8]; 2 is none");

    [Fact]
    public Task ChannelDropoutOfVectors_IsReported() => Check("N, 8", "{|MDL201:Dropout2d(0.1)|}",
        "Dropout2d takes feature maps [N, C, H, W], found [N, 8]; use Dropout");

    [Fact]
    public Task ChannelDropoutOfOtherPositions_NamesTheRightOne() => Check("N, 8, D, H, W", "{|MDL201:Dropout2d(0.1)|}",
        "Dropout2d takes feature maps [N, C, H, W], found [N, 8, D, H, W]; use Dropout3d");

    [Fact]
    public Task SlopesOfChannelsThatAreNotKnownWhenBuilt_AreReported() => Check("N, C", "{|MDL202:PReLU(PerChannel = true)|}",
        "PReLU needs the size of axis 1 of [N, C] when the model is built, but 'C' is only known when it runs; "
        + "give the axis a size in [Shape], or use one slope for all");

    [Theory]
    [InlineData("n {|MDL221:c|} h w -> n (h w)", "'c' comes in but does not go out; an axis must stand on both sides")]
    [InlineData("n c h w -> n c h w {|MDL221:d|}", "'d' goes out but does not come in; an axis must stand on both sides")]
    [InlineData("n c h {|MDL221:h|} -> n c h", "'h' stands twice on one side")]
    [InlineData("n c {|MDL221:2|} w -> n c w", "'2' is no axis: write a name, 1, (...) or ...")]
    [InlineData("n c {|MDL221:(|}h w -> n c h w", "'(' is not closed")]
    [InlineData("n c h w{|MDL221:)|} -> n c h w", "')' closes nothing")]
    [InlineData("n (c {|MDL221:(|}h) w) -> n c h w", "Parentheses can't stand in parentheses")]
    [InlineData("n c h w -> n c h w {|MDL221:->|} n", "A pattern has one '->'")]
    [InlineData("{|MDL221:n c h w|}", "A pattern needs '->' between the axes that come in and those that go out, such as \"n c h w -> n (h w) c\"")]
    [InlineData("n (c {|MDL221:...|}) -> n c ...", "'...' can't stand in parentheses where axes come in")]
    public Task PatternThatCanNotBeRead_IsReportedUnderItsCharacters(string pattern, string message) =>
        Check("N, 3, 8, 8", $"Rearrange(\"{pattern}\")", message);

    [Theory]
    [InlineData("n c (h {|MDL222:p|}) w -> n c h p w", null, "Only one size in (h p) can be inferred; give the others, such as \"p: 2\"")]
    [InlineData("n c ({|MDL222:h p|}) w -> n c h p w", "p: 3", "Axis 2 of [N, 3, 8, 8] is 8, which 3 does not divide")]
    [InlineData("n {|MDL222:c|} h w -> n h w c", "c: 4", "Axis 1 of [N, 3, 8, 8] is 3, but the pattern makes it 4")]
    public Task PatternThatDoesNotFit_IsReportedUnderItsCharacters(string pattern, string? sizes, string message) =>
        Check("N, 3, 8, 8", sizes is null ? $"Rearrange(\"{pattern}\")" : $"Rearrange(\"{pattern}\", \"{sizes}\")", message);

    [Theory]
    [InlineData("n c h -> n h c", "3")]
    [InlineData("n a b c d ... -> n a b c d ...", "at least 5")]
    public Task PatternOfOtherAxes_IsReportedAtThePattern(string pattern, string axes) =>
        Check("N, 3, 8, 8", $"Rearrange({{|MDL222:\"{pattern}\"|}})", $"The pattern takes {axes} axes, found [N, 3, 8, 8]");

    [Theory]
    [InlineData("N, 3, 8, 8", "n c (h p) (w q) -> n (h w) (c p q)", "p: 4, q: width")]
    [InlineData("N, 3, H, W", "n c (h p) w -> n c h p w", "p: 3")]
    [InlineData("N, C, ?, W", "n c (h p) w -> n c h p w", "p: 3")]
    [InlineData("N, 3, 8, 8", "n ... -> n (...) 1", "n: width")]
    public Task PatternThatFitsOrMayFit_IsSilent(string shape, string pattern, string sizes) =>
        Check(shape, $"Rearrange(\"{pattern}\", \"{sizes}\")");

    [Fact]
    public Task SizeOfNoAxis_IsReportedUnderItsName() => Check("N, 3, 8, 8", "Rearrange(\"n c h w -> n h w c\", \"{|MDL221:p|}: 4\")",
        "'p' is no further axis of the pattern; write \"name: size\" with one of n, c, h, w");

    [Fact]
    public Task SizeThatDoesNotBind_IsReportedUnderItsName() => Check("N, 3, 8, 8", "Rearrange(\"n c (h p) w -> n c h w p\", \"p: {|MDL101:widht|}\")",
        "'widht' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: width, Half, Loop, Text");

    [Fact]
    public Task HeadsThatDoNotDivide_AreReportedAtTheHeads() => Check("N, T, 6", "SelfAttention({|MDL203:4|})",
        "6 channels do not divide into 4 heads; choose a divisor of 6: 1, 2, 3, 6");

    [Theory]
    [InlineData("N, T, 6", "SelfAttention(3)")]
    [InlineData("N, T, width", "SelfAttention(3)")]
    [InlineData("N, T, 6", "SelfAttention(nameof(width))")]
    public Task HeadsThatMayDivide_AreSilent(string shape, string layer) => Check(shape, layer);

    [Fact]
    public Task AttentionOverMaps_IsReported() => Check("N, 6, H, W", "{|MDL201:SelfAttention(3)|}",
        "SelfAttention takes tokens [N, T, C] with channels on the last axis, found [N, 6, H, W]; "
        + "rearrange it, such as by [Rearrange(\"n c h w -> n (h w) c\")]");

    [Fact]
    public Task MaskThatIsNoParameter_IsReported() => Check("N, T, 6", "SelfAttention(3, Mask = {|MDL224:\"slope\"|})",
        "'slope' is no tensor that 'Head' takes beside the one that flows; those are: none");

    [Theory]
    [InlineData("{|MDL103:SqueezeExcite|}", "8 / 16 channels of SqueezeExcite is 0; it must be at least 1")]
    [InlineData("SqueezeExcite(4, Activation = {|MDL212:ActivationVariant.PReLU|})",
        "SqueezeExcite can't apply PReLU: take an activation that is a function without options, such as SiLU")]
    [InlineData("SqueezeExcite(Reduction = 4, Gate = ActivationVariant.Hardsigmoid)", null)]
    public Task SqueezeExcite_IsReportedWhereItCanNotBeBuilt(string layer, string? message) =>
        Check("N, 8, H, W", layer, message is null ? [] : [message]);

    private static Task Check(string shape, string layers, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int width = 4, double slope = 0.1, bool isSteep = false, double[]? rates = null, string label = "")
        {
            private double Half => slope / 2;

            private double Loop => Loop + 1;

            public string Text => $"{width} {isSteep} {rates} {label} {Half}";

            [{{layers}}]
            private partial Tensor Head([Shape("{{shape}}")] Tensor x);
        }
        """, messages);
}
