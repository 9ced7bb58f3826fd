using System.Text.RegularExpressions;
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

    [Theory]
    [InlineData("Label(\"hidden\"), Linear(4), Shortcut(From = \"{|MDL308:hiden|}\")", "hiden", "hidden")]
    [InlineData("Branch(nameof(Side), \"{|MDL309:Sidee|}\")", "Sidee", "Side")]
    [InlineData("Call(\"{|MDL309:Sid|}\")", "Sid", "Side")]
    [InlineData("Linear(4, Tied = \"{|MDL312:Tabel|}\")", "Tabel", "Table")]
    public Task NameOfALabelStageOrProperty_IsReplaced(string layers, string wrong, string right) => FixTest<NearestNameCodeFix>.Check(
        Members(Quoted(layers)), Members(Regex.Replace(Quoted(layers), @"\{\|MDL\d+:(""?)" + wrong + @"(""?)\|\}", $"$1{right}$2")));

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

    /// <summary>These rules underline the whole literal.</summary>
    private static string Quoted(string layers) => Regex.Replace(layers, @"""\{\|(MDL\d+):(\w+)\|\}""", "{|$1:\"$2\"|}");

    private static string Members(string layers) => $$"""
        [Model]
        public partial class Net
        {
            [{{layers}}]
            private partial Tensor Body([Shape("N, 4")] Tensor x);

            [Linear(4)]
            private partial Tensor Side([Shape("N, 4")] Tensor x);

            [Parameter("4, 4")]
            private partial TorchSharp.Modules.Parameter Table { get; }

            public override Tensor forward(Tensor x) => Side(Body(x));
        }
        """;

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
