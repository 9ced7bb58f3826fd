using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Definition;

namespace ModelDsl.CodeFixes;

/// <summary>MDL101: writes the one known name that a mistyped name is near to.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NearestNameCodeFix)), Shared]
public sealed class NearestNameCodeFix : TextCodeFix
{
    private const int LargestDistance = 2;

    public override ImmutableArray<string> FixableDiagnosticIds => ["MDL101"];

    protected override string Title => "Use the known name";

    protected override IEnumerable<TextChange> Changes(SyntaxNode root, Diagnostic diagnostic)
    {
        var span = diagnostic.Location.SourceSpan;
        if (FindingDiagnostics.Argument(diagnostic, 0) is not { Length: > 0 } name || span.End > root.FullSpan.End)
            return [];
        // The name itself, a literal of it, or the last name in a nameof; escaped characters are left to the author.
        var text = root.GetText().ToString(span);
        var start = text.LastIndexOf(name, StringComparison.Ordinal);
        var isWhole = start >= 0
            && text.Trim('"', '@') is var bare
            && (bare == name || bare.EndsWith("." + name, StringComparison.Ordinal));
        return isWhole && Nearest(name, Known(diagnostic)) is { } nearest
            ? [new(new TextSpan(span.Start + start, name.Length), Identifiers.Escape(nearest))]
            : [];
    }

    private static IEnumerable<string> Known(Diagnostic diagnostic) =>
        (FindingDiagnostics.Argument(diagnostic, 2) ?? "").Split([", "], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Null where no name is obviously meant, or more than one may be.</summary>
    private static string? Nearest(string name, IEnumerable<string> known)
    {
        var near = known.Select(candidate => (Name: candidate, Distance: EditDistance.Between(name, candidate)))
            .Where(candidate => candidate.Distance is > 0 and <= LargestDistance && 2 * candidate.Distance < name.Length)
            .OrderBy(candidate => candidate.Distance)
            .Take(2)
            .ToList();
        return near.Count == 1 || (near.Count == 2 && near[0].Distance < near[1].Distance) ? near[0].Name : null;
    }
}
