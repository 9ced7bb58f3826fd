using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Definition;

namespace ModelDsl.Generators;

/// <summary>
/// MDL000: where a build runs without analyzers, nobody would say why a model only throws. The generator then says it,
/// once a model; where they run it says nothing, and its records stay free of locations.
/// </summary>
internal static class AnalyzerSwitch
{
    /// <summary>As the SDK decides it: the general property comes before the one for builds.</summary>
    public static bool IsOff(AnalyzerConfigOptionsProvider options) =>
        (Property(options, "RunAnalyzers") ?? Property(options, "RunAnalyzersDuringBuild"))
            ?.Equals("false", StringComparison.OrdinalIgnoreCase) == true;

    public static void Report(SourceProductionContext production, ModelDefinition definition)
    {
        if (definition.Findings.FirstOrDefault(finding => finding.Rule.IsDeclarationError) is { } finding)
            production.ReportDiagnostic(Diagnostic.Create(
                Descriptors.Of(Rules.NotAnalyzed),
                Location.None,
                definition.Declaration.Name,
                finding.Rule.Id,
                finding.Message));
    }

    private static string? Property(AnalyzerConfigOptionsProvider options, string name) =>
        options.GlobalOptions.TryGetValue($"build_property.{name}", out var value) && value.Length > 0 ? value : null;
}
