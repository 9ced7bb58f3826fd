using ModelDsl.Analyzers.Tests.Verification;
using ModelDsl.CodeFixes;

namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("\"4 * {|MDL101:widht|}\"", "\"4 * width\"")]
    [InlineData("@\"4 * {|MDL101:wdth|}\"", "@\"4 * width\"")]
    [InlineData("$\"{nameof(width)} * {|MDL101:Twise|}\"", "$\"{nameof(width)} * Twice\"")]
    [InlineData("nameof({|MDL101:Widths|})", "nameof(width)")]
    [InlineData("nameof({|MDL101:Net.Widths|})", "nameof(Net.width)")]
    [InlineData("\"{|MDL101:clas|}\"", "\"@class\"")]
    public Task NameThatIsNearToOne_IsReplaced(string text, string fixedText) => Check(text, fixedText);

    [Theory]
    [InlineData("\"{|MDL101:depth|}\"")]
    [InlineData("\"{|MDL101:w|}\"")]
    [InlineData("\"{|MDL101:head|}\"")]
    [InlineData("\"{|MDL101:wid\\u0068t|}\"")]
    [InlineData("{|MDL101:Text|}")]
    public Task NameThatIsNearToNoneOrSeveral_IsLeft(string text) => Check(text, text);

    [Fact]
    public Task AllNamesOfADocument_AreReplaced() => FixTest<NearestNameCodeFix>.Check("""
        [Model]
        public partial class Net(int width)
        {
            [Linear("{|MDL101:widht|} + {|MDL101:wdith|}")]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }

        [Model]
        public partial class Other(int depth)
        {
            [Linear("{|MDL101:dept|}")]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """, """
        [Model]
        public partial class Net(int width)
        {
            [Linear("width + width")]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }

        [Model]
        public partial class Other(int depth)
        {
            [Linear("depth")]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """);

    private static Task Check(string text, string fixedText) => FixTest<NearestNameCodeFix>.Check(Source(text), Source(fixedText));

    private static string Source(string text) => $$"""
        [Model]
        public partial class Net(int width, int heat, int hear, int @class)
        {
            private const string Text = "widht";
            private static readonly int Widths = 4;

            private int Twice => 2 * width;

            [Linear({{text}})]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """;
}
