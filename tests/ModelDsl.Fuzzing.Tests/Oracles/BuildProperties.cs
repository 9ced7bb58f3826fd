using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>Tells the generator whether analyzers run, as a build does.</summary>
internal sealed class BuildProperties(bool areAnalyzersOff) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(areAnalyzersOff);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options(bool areAnalyzersOff) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = areAnalyzersOff && key == "build_property.RunAnalyzers" ? "false" : null;
            return value is not null;
        }
    }
}
