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
