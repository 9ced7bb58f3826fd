using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>Conditions, options without effect, options that disagree, and what the defaults make of sizes.</summary>
public sealed class OptionRuleTests
{
    [Theory]
    [InlineData("nameof({|MDL108:size|})", "size")]
    [InlineData("nameof({|MDL108:Flag|})", "Flag")]
    [InlineData("{|MDL108:\"\"|}", "")]
    [InlineData("\"{|MDL108:true|}\"", "true")]
    [InlineData("\"{|MDL108:size >|}\"", "size >")]
    [InlineData("\"flag && {|MDL108:size|}\"", "size")]
    public Task WhenThatIsNoCondition_IsReportedUnderItsCharacters(string when, string text) => Check($"[Linear(8, When = {when})]",
        $"'{text}' is not a condition: write nameof(parameter) of a bool, or a comparison such as \"width != 64\" over parameters");

    [Fact]
    public Task NameInAConditionThatDoesNotBind_IsReportedUnderItsCharacters() => Check("[Linear(8, When = \"!{|MDL101:flga|}\")]",
        "'flga' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: flag, size, Flag");

    [Theory]
    [InlineData("nameof(flag)")]
    [InlineData("\"!flag || 2 * size > 3\"")]
    public Task WhenThatIsACondition_IsSilent(string when) => Check($"[Linear(8, When = {when})]");

    [Theory]
    [InlineData("[Block<Layer>(Repeat = 2, When = nameof(flag)), Block<Layer>(When = nameof(flag))]")]
    [InlineData("[Linear(8), Shortcut(When = nameof(flag))]")]
    [InlineData("[Branch(nameof(Side), When = nameof(flag))]")]
    [InlineData("[Call(nameof(Side), When = nameof(flag))]")]
    public Task WhenOnWhateverCanBeLeftOut_IsSilent(string layers) => Check(layers);

    [Theory]
    [InlineData("Label(\"a\", When = nameof({|MDL109:flag|}))", "When", "a Label", "it names what flows and changes nothing that could be left out")]
    [InlineData("Label(\"a\", Name = {|MDL109:\"a\"|})", "Name", "Label", "it has no entry in the state dict")]
    [InlineData("ReLU(Name = {|MDL109:\"act\"|})", "Name", "ReLU", "it has no entry in the state dict")]
    [InlineData("Branch(nameof(Side), Name = {|MDL109:\"act\"|})", "Name", "Branch", "it has no entry in the state dict")]
    public Task OptionWithoutEffect_IsReportedAtItsValue(string layer, string option, string place, string reason) => Check($"[{layer}]",
        $"{option} has no effect on {place}: {reason}");

    [Theory]
    [InlineData("[Dropout(0.5, Name = \"drop\")]")]
    [InlineData("[Linear(8), Shortcut(Name = \"skip\")]")]
    public Task NameOfWhatMayHaveAnEntry_IsSilent(string layers) => Check(layers);

    [Theory]
    [InlineData("BatchNorm(Name = \"bn\")", "Name", "BatchNorm")]
    [InlineData("LayerNorm(When = \"flag\")", "When", "LayerNorm")]
    public Task OptionOfAVariantOnAClass_IsReportedAtTheVariant(string variant, string option, string attribute) => Maps(
        $", {{|MDL109:{variant}|}}", "Norm", $"{option} has no effect on a [{attribute}] on a class: say it on a slot");

    [Fact]
    public Task GroupsThatAreSaidTwice_AreReportedAtTheSlot() => Maps("", "{|MDL208:GroupNorm(Groups = 2, ChannelsPerGroup = 4)|}",
        "GroupNorm has Groups = 2 and ChannelsPerGroup = 4: one follows from the other, so remove one");

    [Fact]
    public Task GroupsThatAreSaidTwiceOnTheClass_AreReportedThereOnly() => Maps(", {|MDL208:GroupNorm(Groups = 2, ChannelsPerGroup = 4)|}", "Norm",
        "GroupNorm has Groups = 2 and ChannelsPerGroup = 4: one follows from the other, so remove one");

    [Fact]
    public Task NegativeGroups_AreReportedAtTheirValue() => Maps("", "GroupNorm(Groups = {|MDL103:-2|})",
        "Groups of GroupNorm is -2; it must be at least 0, which leaves it unset");

    [Theory]
    [InlineData("GroupNorm(Groups = 2)")]
    [InlineData("GroupNorm(ChannelsPerGroup = 4, Groups = 0)")]
    public Task GroupsThatAreSaidOnce_AreSilent(string norm) => Maps("", norm);

    [Theory]
    [InlineData("{|also:Norm|}, {|MDL209:BatchNorm|}", "BatchNorm", "Norm")]
    [InlineData("{|also:GroupNorm(Groups = 2)|}, {|MDL209:Norm|}", "Norm", "GroupNorm")]
    public Task NormalizationBehindANormalization_IsReportedAtTheSecond(string norms, string second, string first) => Maps("", norms,
        $"[{second}] normalizes what [{first}] has just normalized: remove one of them");

    [Theory]
    [InlineData("Norm, ReLU, Norm")]
    [InlineData("BatchNorm(When = nameof(flag)), LayerNorm(When = \"!flag\")")]
    public Task NormalizationsApartOrByCondition_AreSilent(string norms) => Maps("", norms);

    [Theory]
    [InlineData("Linear({|MDL207:\"size - 8\"|})", "Features of Linear is -6 at the defaults (size = 2), so 'new Net()' throws; it must be at least 1")]
    [InlineData("Block<Layer>(Repeat = {|MDL207:\"size - 3\"|})", "Repeat of Block is -1 at the defaults (size = 2), so 'new Net()' throws; it must be at least 0")]
    [InlineData("Block<Layer>(Repeat = {|MDL207:\"(size + 9) / 3\"|})",
        "Repeat of Block is 3 at the defaults (size = 2), so 'new Net()' throws; its division leaves 2, and a remainder would be rounded away")]
    public Task SizeThatTheDefaultsMakeImpossible_IsReportedAtItsText(string layer, string message) => Check($"[{layer}]", message);

    [Theory]
    [InlineData("Linear(\"size - 1\")")]
    [InlineData("Block<Layer>(Repeat = \"size - 2\")")]
    [InlineData("Block<Layer>(Repeat = \"(size + 1) / 3\")")]
    [InlineData("Linear(\"9 / size\")")]
    public Task SizeThatTheDefaultsAllow_IsSilent(string layer) => Check($"[{layer}]");

    [Theory]
    [InlineData("Linear(8)")]
    [InlineData("Linear(8), BatchNorm(When = nameof(flag))")]
    public Task TrackingWithNothingToTrack_IsReportedAtItsAttribute(string layers) => ModelTest.Check($$"""
        [Model, {|{{(layers.Contains("Norm", StringComparison.Ordinal) ? "MDL410" : "MDL319")}}:TrackGradientNoise|}]
        public partial class Net(bool flag = false)
        {
            public bool Flag { get; } = flag;

            [{{layers}}]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """, layers.Contains("Norm", StringComparison.Ordinal)
        ? "[TrackGradientNoise] measures Group-, Layer-, Instance-, RMS- and FilterResponseNorm; a slot of Body of 'Net' is BatchNorm, in which examples have no gradient of their own: "
            + "choose [GroupNorm] or [LayerNorm], or remove [TrackGradientNoise]"
        : "[TrackGradientNoise] measures Group-, Layer-, Instance-, RMS- and FilterResponseNorm, and 'Net' has none of them: remove it");

    [Theory]
    [InlineData("Linear(8), LayerNorm", "")]
    [InlineData("Linear(8), Norm", ", Normalization norm = default")]
    [InlineData("Call(nameof(Own))", "")]
    public Task TrackingWithSomethingThatMayBeTracked_IsSilent(string layers, string parameter) => ModelTest.Check($$"""
        [Model, TrackGradientNoise]
        public partial class Net(bool flag = false{{parameter}})
        {
            public bool Flag { get; } = flag;

            [{{layers}}]
            private partial Tensor Body([Shape("N, 8")] Tensor x);

            [return: Shape("N, C")]
            private static Tensor Own([Shape("N, C")] Tensor x) => x + x;
        }
        """);

    [Fact]
    public Task FreeAxisOfTwoSizes_IsReportedAtTheShape() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Conv2d(8, 3)]
            private partial Tensor {|also:Stem|}([Shape("N, 3, 32, 16")] Tensor x);

            [GlobalAvgPool]
            private partial Tensor Head([Shape({|MDL318:"N, C, S, S"|})] Tensor x);
        }
        """, "'S' names axis 2, which is 32, and axis 3, which is 16: give them different names");

    [Theory]
    [InlineData("N, 3, 32, 32", "N, C, S, S")]
    [InlineData("N, 3, H, W", "N, C, S, S")]
    [InlineData("N, 3, 32, 16", "N, C, S, T")]
    public Task FreeAxisThatMayHaveOneSize_IsSilent(string stem, string head) => ModelTest.Check($$"""
        [Model]
        public partial class Net
        {
            [Conv2d(8, 3)]
            private partial Tensor Stem([Shape("{{stem}}")] Tensor x);

            [GlobalAvgPool]
            private partial Tensor Head([Shape("{{head}}")] Tensor x);
        }
        """);

    [Theory]
    [InlineData("[Linear(\"{|MDL102:rate|}\")]", "rate", "a floating-point parameter, not an integer")]
    [InlineData("[Linear(nameof({|MDL102:flag|}))]", "flag", "a bool parameter, not an integer")]
    [InlineData("[Linear(\"2 * {|MDL102:sizes|}\")]", "sizes", "an array, of which 'sizes[0]' would be a size")]
    [InlineData("[Linear(\"{|MDL102:size 2|}\")]", "size 2", "two words, with no comma or operator between them")]
    public Task WhatIsNoSize_IsSaidInWordsOfWhatItIs(string layers, string text, string problem) => Check(layers,
        $"'{text}' is {problem}: write an integer, nameof(parameter), or C# integer arithmetic over parameters");

    [Fact]
    public Task ArgumentThatIsGivenTwice_IsReportedUnderItsName() => Check("[Block<Layer>(\"width: 8, {|MDL302:width|}: 8\")]",
        "'width' of 'Layer' is given twice: remove one");

    [Theory]
    [InlineData("public sealed class Own() : nn.Module<Tensor, Tensor>(\"own\")", "it has no constructor that takes a NormalizationSite alone")]
    [InlineData("public sealed class Own(NormalizationSite site, int more) : nn.Module<Tensor, Tensor>($\"{site}{more}\")", "it has no constructor that takes a NormalizationSite alone")]
    [InlineData("public abstract class Own(NormalizationSite site) : nn.Module<Tensor, Tensor>($\"{site}\")", "it is abstract")]
    public async Task NormalizationThatASlotCanNotBuild_IsReportedAtItsPlace(string head, string problem)
    {
        var own = head + " { public override Tensor forward(Tensor x) => x.alias(); }";
        var message = $"'Own' can't be a normalization, as {problem}: a slot builds it with 'new Own(NormalizationSite)'";
        await ModelTest.CheckFiles(Slot("", "{|MDL317:Norm<Own>|}"), [message], own);
        await ModelTest.CheckFiles(Slot(", {|MDL317:Norm<Own>|}", "Norm"), [message], own);
    }

    [Fact]
    public Task NormalizationThatASlotCanBuild_IsSilent() => ModelTest.CheckFiles(Slot("", "Norm<Own>"), [],
        "public sealed class Own(NormalizationSite site, int more = 3) : nn.Module<Tensor, Tensor>($\"{site}{more}\") { public override Tensor forward(Tensor x) => x.alias(); }");

    [Fact]
    public Task LayoutThatMovesNothing_IsReportedAtTheShape() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Linear(8)]
            private partial Tensor {|also:Tokens|}([Shape("N, T, 8")] Tensor x);

            [Conv1d(8, 3)]
            private partial Tensor Mix([Shape({|MDL201:"N, 8, T"|}, Layout = Layout.ChannelsFirst)] Tensor x);
        }
        """, "Mix takes channels at axis 1, found [N, T, 8]; its channels are at axis 2: remove Layout, or move them before it");

    [Fact]
    public Task ShapeOfSizeZero_IsReportedAtItsText() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Linear(8)]
            private partial Tensor Body([Shape({|MDL103:"N, 0"|})] Tensor x);
        }
        """, "An axis of the shape is 0; it must be at least 1");

    private static string Slot(string variant, string norm) => $$"""
        [Model{{variant}}]
        public partial class Net
        {
            [Linear(8), {{norm}}]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """;

    private static Task Maps(string attributes, string norm, params string[] messages) => ModelTest.Check($$"""
        [Model{{attributes}}]
        public partial class Net(bool flag = false)
        {
            public bool Flag { get; } = flag;

            [Conv2d(8, 3), {{norm}}]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }
        """, messages);

    private static Task Check(string layers, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int size = 2, bool flag = false, double rate = 0.1, int[]? sizes = null)
        {
            public (int, bool, double, int[]?) All { get; } = (size, flag, rate, sizes);

            private bool Flag => size > 1;

            {{layers}}
            private partial Tensor Body([Shape("N, 8")] Tensor x);

            [Linear(8)]
            private partial Tensor Side([Shape("N, 8")] Tensor x);

            public override Tensor forward(Tensor x) => Side(Body(x));
        }

        [Model]
        public partial class Layer(int width)
        {
            [Linear(nameof(width))]
            private partial Tensor Body([Shape("N, width")] Tensor x);
        }
        """, messages);
}
