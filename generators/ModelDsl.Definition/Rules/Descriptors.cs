using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>The rules of the language as the compiler knows them.</summary>
public static class Descriptors
{
    /// <summary>
    /// Where the pages of the rules are: a path in the repository, which stays right wherever the repository is hosted.
    /// </summary>
    public const string Pages = "analyzers/docs/";

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById =
        Rules.All.Add(Rules.NotAnalyzed).ToImmutableDictionary(rule => rule.Id, Create);

    /// <summary>What the analyzers report.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All = [.. Rules.All.Select(Of)];

    public static DiagnosticDescriptor Of(Rule rule) => ById[rule.Id];

    private static DiagnosticDescriptor Create(Rule rule) => new(
        rule.Id,
        rule.Title,
        rule.Message,
        rule.IsDeclarationError ? "ModelDsl.Declaration" : "ModelDsl.Judgment",
        SeverityOf(rule),
        isEnabledByDefault: true,
        helpLinkUri: $"{Pages}{rule.Id}.md",
        customTags: rule.IsDeclarationError ? [WellKnownDiagnosticTags.NotConfigurable] : []);

    private static DiagnosticSeverity SeverityOf(Rule rule) => rule.Severity switch
    {
        RuleSeverity.Error => DiagnosticSeverity.Error,
        RuleSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };
}
