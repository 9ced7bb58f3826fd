using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>MDL008 and MDL105: names in the state dict, and what may stand in their braces.</summary>
public sealed class StateNameTests
{
    private const string Parts = "its parts between dots must be letters, digits and '_'";

    [Theory]
    [InlineData("my head")]
    [InlineData("")]
    [InlineData("head.")]
    [InlineData("head..fc")]
    [InlineData("head-fc")]
    [InlineData("head{index")]
    public Task NameOfOtherCharacters_IsReportedUnderItsText(string name) =>
        Check($"[Linear(10, Name = {{|MDL008:\"{name}\"|}})]", $"'{name}' can't be the name in the state dict: {Parts}");

    [Theory]
    [InlineData("fc")]
    [InlineData("0.1")]
    [InlineData("encoder.layers.0.linear_1")]
    public Task NameOfPartsBetweenDots_IsSilent(string name) => Check($"[Linear(10, Name = \"{name}\")]");

    [Theory]
    [InlineData("fc")]
    [InlineData("fc.inner")]
    public Task NameThatIsTaken_IsReportedAtTheSecondLayer_WithTheFirst(string name) => Check(
        $"[{{|also:Linear(32, Name = \"fc\")|}}, ReLU, {{|MDL008:Linear(10, Name = \"{name}\")|}}]",
        $"'{name}' can't be the name in the state dict: another layer has it already");

    [Fact]
    public Task NamesThatOnlyBeginAlike_AreSilent() => Check("[Linear(32, Name = \"fc\"), ReLU, Linear(10, Name = \"fc2\")]");

    [Fact]
    public Task NamesThatTheLanguageChooses_AreNumbered() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);

            [Linear(10), Shape("N, 10")]
            private partial TorchSharp.Modules.Linear HeadLinear { get; }
        }
        """);

    [Fact]
    public Task NameOfALayerThatAParameterHas_IsReportedAtTheLayer() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Parameter("10", Name = "scale")]
            private partial TorchSharp.Modules.Parameter {|also:Factor|} { get; }

            [{|MDL008:Linear(10, Name = "scale")|}]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """, "'scale' can't be the name in the state dict: another layer has it already");

    [Fact]
    public Task NameOfAParameterOfOtherCharacters_IsReportedUnderItsText() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Parameter("10", Name = {|MDL008:"my scale"|})]
            private partial TorchSharp.Modules.Parameter Factor { get; }

            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """, $"'my scale' can't be the name in the state dict: {Parts}");

    [Fact]
    public Task LevelOfOtherCharacters_IsReportedOnce() => Check(
        "[Stage(Name = {|MDL008:\"my features\"|}), Linear(32), ReLU, Linear(10)]", $"'my features' can't be the name in the state dict: {Parts}");

    [Fact]
    public Task LevelOfParts_IsSilent() => Check("[Stage(Name = \"features.0\"), Linear(32), ReLU, Linear(10)]");

    [Fact]
    public Task BracesWithoutARepeat_AreReported() => Check("[Linear(10, Name = {|MDL008:\"fc{index}\"|})]",
        "'fc{index}' can't be the name in the state dict: braces number the blocks of a Repeat, and there is none");

    [Theory]
    [InlineData("indx")]
    [InlineData("size")]
    [InlineData("index +")]
    [InlineData("index:00")]
    public Task BracesOfAnythingButIndex_AreReportedUnderTheirCharacters(string brace) => Check(
        $"[Block<Layer>(Repeat = 2, Name = \"layer{{{{|MDL008:{brace}|}}}}\")]",
        $"'layer{{{brace}}}' can't be the name in the state dict: '{brace}' is no size over index, the block's number");

    [Fact]
    public Task BracesOfIndex_AreSilent() => Check("[Block<Layer>(Repeat = 2, Name = \"layer{index + 1}.inner\")]");

    [Theory]
    [InlineData("index")]
    [InlineData("count")]
    public Task ParameterOfARepeatsName_IsReportedAtTheParameter(string name) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int {|MDL105:{{name}}|})
        {
            [Block<Layer>(Repeat = nameof({{name}}))]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }

        {{Layer}}
        """, $"The parameter '{name}' of 'Net' has the name that a repeat gives to its own numbers: rename it");

    [Fact]
    public Task ParameterOfARepeatsNameWithoutOne_IsSilent() => ModelTest.Check("""
        [Model]
        public partial class Net(int count)
        {
            [Linear(nameof(count))]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """);

    private const string Layer = """
        [Model]
        public partial class Layer(int width)
        {
            [Linear(nameof(width))]
            private partial Tensor Body([Shape("N, width")] Tensor x);
        }
        """;

    private static Task Check(string layers, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int size = 2)
        {
            public int Size { get; } = size;

            {{layers}}
            private partial Tensor Body([Shape("N, 784")] Tensor x);
        }

        {{Layer}}
        """, messages);
}
