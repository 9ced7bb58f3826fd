using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests;

/// <summary>MDL000: the generator speaks where analyzers are switched off.</summary>
public sealed class AnalyzerSwitchTests
{
    private static readonly string Wrong = Compilations.WithUsings("""
        [Model]
        public partial class Net(int width)
        {
            [Linear("4 * widht"), Linear("widht")]
            private partial Tensor Head([Shape("N, width")] Tensor x);
        }

        [Model]
        public partial class Sound(int width)
        {
            [Linear(nameof(width))]
            private partial Tensor Head([Shape("N, width")] Tensor x);
        }
        """);

    [Theory]
    [InlineData("false", "")]
    [InlineData("False", "true")]
    [InlineData("", "false")]
    public void WithoutAnalyzers_EachWrongModelIsReportedOnce(string analyzers, string duringBuild) =>
        Assert.Equal(
            "error MDL000: 'Net' can't be generated: MDL101: 'widht' is neither a constructor parameter of 'Net' nor an expression-bodied property; "
            + "known names: width; more may be wrong, which analyzers would show (RunAnalyzers, RunAnalyzersDuringBuild)",
            Assert.Single(Reported(analyzers, duringBuild)));

    [Theory]
    [InlineData("", "")]
    [InlineData("true", "false")]
    [InlineData("true", "")]
    public void WithAnalyzers_TheGeneratorIsSilent(string analyzers, string duringBuild) => Assert.Empty(Reported(analyzers, duringBuild));

    private static IEnumerable<string> Reported(string analyzers, string duringBuild) => Compiler
        .Generate(Wrong, new Dictionary<string, string> { ["RunAnalyzers"] = analyzers, ["RunAnalyzersDuringBuild"] = duringBuild })
        .Reported.Select(diagnostic => diagnostic.ToString());
}
