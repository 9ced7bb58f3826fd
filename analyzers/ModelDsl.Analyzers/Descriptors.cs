using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using ModelDsl.Definition;

namespace ModelDsl.Analyzers;

/// <summary>The rules of the language as the compiler knows them.</summary>
internal static class Descriptors
{
    /// <summary>Where the pages of the rules are: a path in the repository, which stays right wherever the repository is hosted.</summary>
    private const string Pages = "analyzers/docs/";

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = Rules.All.ToImmutableDictionary(rule => rule.Id, Create);

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
