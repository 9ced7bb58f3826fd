using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Analyzers;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>The same declaration gives the same bytes, wherever and whenever it is compiled.</summary>
public sealed class DeterminismTests
{
    /// <summary>
    /// With numbers that are written differently elsewhere, in good code and in messages, and with line ends inside expressions.
    /// </summary>
    private const string Source = """"
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model]
        public partial class InnerBlock(int inChannels, int channels, int offset, double rate, Normalization norm = default)
        {
            private int Iterations =>
                inChannels
                - 1234567;

            [Conv2d(nameof(channels), 3, Padding = "offset - 1"), Norm, ReLU, Dropout(0.125), Dropout(nameof(rate)), GlobalAvgPool,
             Linear($"{nameof(Iterations)}")]
            public override partial Tensor forward([Shape("""
                N, inChannels,
                H, W
                """)] Tensor x);
        }

        [Model]
        public partial class Outer(int width, double rate)
        {
            [Block<InnerBlock>("""
                channels: width,
                offset: -1234567 + width,
                rate: rate
                    + 0.5
                """)]
            private partial Tensor IImages([Shape("N, 3, H, W")] Tensor images);
        }

        [Model]
        public partial class Wrong
        {
            [Linear(-1234567), Dropout(0.5)]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }
        """";

    public static TheoryData<string> LineEnds => ["\n", "\r\n", "\r", "\u0085", "\u2028", "mixed"];

    [Fact]
    public void Two_runs_give_the_same_bytes() => Assert.Equal(ModelCompiler.Run(Source).Text, ModelCompiler.Run(Source).Text);

    [Theory]
    [MemberData(nameof(LineEnds))]
    public void Line_ends_of_the_source_do_not_show(string end)
    {
        var expected = ModelCompiler.Run(Source.ReplaceLineEndings("\n")).Text;
        Assert.Equal(expected, ModelCompiler.Run(end == "mixed" ? Mixed() : Source.ReplaceLineEndings(end)).Text);
    }

    [Theory]
    [InlineData("Net.cs", false)]
    [InlineData("/srv/author/Net.cs", true)]
    [InlineData("C:\\Users\\author\\net.CS", false)]
    [InlineData("", true)]
    public void Neither_paths_nor_byte_order_marks_show(string path, bool hasMark)
    {
        var bytes = new UTF8Encoding(hasMark).GetPreamble().Concat(Encoding.UTF8.GetBytes(Source)).ToArray();
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(bytes, bytes.Length), options, path);
        Assert.Equal(ModelCompiler.Run(Source).Text, ModelCompiler.Run("").Then(ModelCompiler.Compile(tree)).Text);
    }

    [Fact]
    public void Concurrency_does_not_show()
    {
        var one = WholeLanguage.Run();
        var serial = one.Compilation.WithOptions(one.Compilation.Options.WithConcurrentBuild(false));
        Assert.Equal(Digest.Of(one), Digest.Of(ModelCompiler.Run("").Then(serial)));
        var digests = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4).Select(_ => ModelCompiler.Run(Source).Text);
        Assert.Single(digests.Distinct());
    }

    /// <summary>Models that nest each other, and files whose names differ in case only, among them.</summary>
    [Fact]
    public void The_order_of_files_does_not_show()
    {
        var one = WholeLanguage.Run();
        var (trees, none) = (one.Compilation.SyntaxTrees, one.Compilation.RemoveAllSyntaxTrees());
        Assert.Equal(Digest.Of(one), Digest.Of(ModelCompiler.Run("").Then(none.AddSyntaxTrees(trees.Reverse()))));
        Assert.Equal(Digest.Of(one), Digest.Of(ModelCompiler.Run("").Then(none.AddSyntaxTrees([.. trees.Skip(1), trees[0]]))));
    }

    [Fact]
    public void Names_of_files_differ_in_more_than_case()
    {
        var names = WholeLanguage.Run().Files.Select(file => file.HintName).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("Faults.Ring.g.cs", names);
        Assert.Contains("Faults.ring.1.g.cs", names);
    }

    [Fact]
    public async Task Diagnostics_are_the_same_however_analyzers_run()
    {
        var run = ModelCompiler.Run([.. WholeLanguage.Sources.Take(4)]);
        var serial = await Analyze(run, isConcurrent: false);
        Assert.True(serial.Count > 20);
        Assert.Equal(serial, await Analyze(run, isConcurrent: true));
        Assert.Equal(serial, await Analyze(run, isConcurrent: true));
    }

    [Fact]
    public void Generated_lines_end_with_a_line_feed_and_nothing_before_it()
    {
        var text = ModelCompiler.Run(Source.ReplaceLineEndings("\r\n")).Text;
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain(text.Split('\n'), line => line.EndsWith(' '));
    }

    [Fact]
    public void Numbers_are_written_alike_under_every_culture()
    {
        var text = ModelCompiler.Run(Source).Text;
        Assert.Contains("-1234567", text, StringComparison.Ordinal);
        Assert.Contains("0.125", text, StringComparison.Ordinal);
        Assert.Equal(text, Under(HostileCulture(), () => ModelCompiler.Run(Source).Text));
        Assert.Equal(Digest.Of(WholeLanguage.Run()), Under(HostileCulture(), () => Digest.Of(WholeLanguage.Run())));
    }

    private static async Task<List<string>> Analyze(GeneratorRun run, bool isConcurrent)
    {
        var options = new CompilationWithAnalyzersOptions(new([]), null, isConcurrent, logAnalyzerExecutionTime: false);
        var found = await run.Output.WithAnalyzers([new ModelAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        return [.. found.Select(diagnostic => $"{diagnostic}").Order(StringComparer.Ordinal)];
    }

    private static string Mixed()
    {
        string[] ends = ["\n", "\r\n", "\r"];
        return string.Concat(Source.Split('\n').Select((line, index) => line + ends[index % 3]));
    }

    /// <summary>
    /// Like Swedish and Turkish where the machine's globalization data may be missing: another minus, another decimal point.
    /// </summary>
    private static CultureInfo HostileCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NegativeSign, culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = ("\u2212", ",", ".");
        return culture;
    }

    private static T Under<T>(CultureInfo culture, Func<T> run)
    {
        var (before, beforeInterface) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return run();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeInterface);
        }
    }
}
