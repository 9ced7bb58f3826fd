using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class BlockRuleTests
{
    [Fact]
    public Task ModelsThatNestEachOther_AreReportedAtTheBlock() => ModelTest.Check("""
        [Model]
        public partial class First
        {
            [{|MDL301:Block<Second>|}]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }

        [Model]
        public partial class Second
        {
            [{|MDL301:Block<First>|}]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """, "'First' nests itself: First -> Second -> First", "'Second' nests itself: Second -> First -> Second");

    [Fact]
    public Task ModelThatNestsAnotherTwice_IsSilent() => ModelTest.Check("""
        [Model]
        public partial class Outer
        {
            [Block<Inner>, Block<Inner>]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }

        [Model]
        public partial class Inner(int width)
        {
            [Linear(nameof(width))]
            private partial Tensor Body([Shape("N, width")] Tensor x);
        }
        """);

    [Fact]
    public Task ArgumentThatTheBlockDoesNotKnow_IsReportedUnderItsName() => Check("""[Block<Layer>("features: 4, {|MDL302:bais|}: 1")]""",
        "'bais' is no further parameter of 'Layer'; its parameters: width, features");

    [Fact]
    public Task ArgumentThatNothingDetermines_IsReportedAtTheBlock() => Check("[{|MDL302:Block<Layer>|}]",
        "'Layer' needs 'features', which its input shape does not determine: write \"features: ...\"");

    [Fact]
    public Task ArgumentThatTheShapeDetermines_MayBeLeftOut() => Check("""[Block<Layer>("features: 4")]""");

    [Fact]
    public Task NameInAnArgumentThatBindsToNothing_IsReportedUnderItsCharacters() => Check("""[Block<Layer>("features: 2 * {|MDL101:sise|}")]""",
        "'sise' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: size");

    [Fact]
    public Task IndexOutsideARepeat_DoesNotBind() => Check("""[Block<Layer>("features: {|MDL101:index|} + 1")]""",
        "'index' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: size");

    [Fact]
    public Task IndexInARepeat_Binds() => Check("""[Block<Layer>("features: index + 1", Repeat = 2)]""");

    [Fact]
    public Task BlockThatTakesAnotherShape_IsReportedAtTheBlock() => Check("""[{|MDL201:Block<Layer>("width: 5, features: 4")|}]""",
        "Layer takes [N, 5], found [N, 8]; check the stage's input and the block's arguments");

    [Fact]
    public Task HandWrittenBlockWithoutShapes_IsReportedAtTheBlock() => ModelTest.Check("""
        public sealed class Own() : nn.Module<Tensor, Tensor>("own")
        {
            public override Tensor forward(Tensor x) => x.alias();
        }

        [Model]
        public partial class Net
        {
            [{|MDL303:Block<Own>|}]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """, "The shapes of 'Own' are not known: put [Shape(\"...\")] on the input of its forward and [return: Shape(\"...\")] on forward");

    [Fact]
    public Task HandWrittenBlockWithShapes_IsSilent() => ModelTest.Check("""
        public sealed class Own() : nn.Module<Tensor, Tensor>("own")
        {
            [return: Shape("N, C")]
            public override Tensor forward([Shape("N, C")] Tensor x) => x.alias();
        }

        [Model]
        public partial class Net
        {
            [Block<Own>, Linear(10)]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """);

    [Fact]
    public Task BlockThatDoesNotExist_IsLeftToTheCompiler() => Check("[Block<{|CS0246:Missing|}>]");

    [Fact]
    public Task GroupNormOfVectors_IsReportedAtTheSlot() => Check("[Linear(8), {|MDL304:GroupNorm(Groups = 2)|}]",
        "GroupNorm normalizes feature maps [N, C, H, W], found [N, 8]; use [LayerNorm] here");

    [Fact]
    public Task LayerNormOfVectors_IsSilent() => Check("[Linear(8), LayerNorm]");

    [Fact]
    public Task BlockInAnotherFile_IsKnown() => ModelTest.CheckFiles("""
        [Model]
        public partial class Net
        {
            [{|MDL201:Block<Layer>("features: 4")|}]
            private partial Tensor Body([Shape("N, 3, 8, 8")] Tensor x);
        }
        """,
        ["Layer takes [N, width], found [N, 3, 8, 8]; check the stage's input and the block's arguments"],
        LayerModel);

    private const string LayerModel = """
        [Model]
        public partial class Layer(int width, int features)
        {
            [Linear(nameof(features))]
            private partial Tensor Body([Shape("N, width")] Tensor x);
        }
        """;

    private static Task Check(string layers, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int size = 2)
        {
            public int Size { get; } = size;

            {{layers}}
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }

        {{LayerModel}}
        """, messages);

    [Theory]
    [InlineData("isOn: {|MDL302:rate|}", "'isOn' of 'Inner' is a bool, and 'rate' is a number with a point")]
    [InlineData("isOn: {|MDL302:isOff && 1 + isOff|}", "'isOn' of 'Inner' is a bool, and 'isOff && 1 + isOff' does not compile")]
    [InlineData("scale: {|MDL302:isOff|}", "'scale' of 'Inner' is a number with a point, and 'isOff' is a bool")]
    [InlineData("text: {|MDL302:Normalization.Layer()|}", "'text' of 'Inner' is a string, and 'Normalization.Layer()' is a Normalization")]
    [InlineData("scale: {|MDL302:rate = 2|}", "'scale' of 'Inner' is a number with a point, and 'rate = 2' assigns")]
    public Task ArgumentOfAnotherType_IsReportedUnderItsText(string arguments, string message) =>
        ModelTest.Check(WithInner(arguments), message);

    [Theory]
    [InlineData("isOn: !isOff || width > 3")]
    [InlineData("isOn: width == 3 ? isOff : true, scale: width")]
    [InlineData("scale: rate / width + 1")]
    [InlineData("text: nameof(width) + isOff + 1")]
    [InlineData("scale: System.Math.Sqrt(width)")]
    [InlineData("isOn: default, scale: default, text: default")]
    [InlineData("configure: other => other.Scale = 2")]
    public Task ArgumentOfItsType_IsSilent(string arguments) => ModelTest.Check(WithInner(arguments));

    private static string WithInner(string arguments) => $$"""
        [Model]
        public partial class Net(int width, bool isOff, double rate)
        {
            [Block<Inner>("{{arguments}}"), Linear(nameof(width)), Dropout(nameof(rate)), ReLU(When = nameof(isOff))]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }

        public sealed class Inner(
            bool isOn = true, double scale = 1, string? text = "inner", System.Action<Inner>? configure = null)
            : nn.Module<Tensor, Tensor>(text)
        {
            public double Scale { get; set; } = scale;

            [return: Shape("N, C")]
            public override Tensor forward([Shape("N, C")] Tensor x) => configure is null && isOn ? x * Scale : x;
        }
        """;
}
