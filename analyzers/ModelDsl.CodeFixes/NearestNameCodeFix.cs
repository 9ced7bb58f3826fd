using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Definition;

namespace ModelDsl.CodeFixes;

/// <summary>MDL101, MDL308, MDL309 and MDL312: writes the one known name that a mistyped name is near to.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NearestNameCodeFix)), Shared]
public sealed class NearestNameCodeFix : TextCodeFix
{
    private const int LargestDistance = 2;

    public override ImmutableArray<string> FixableDiagnosticIds => ["MDL101", "MDL308", "MDL309", "MDL312"];

    protected override string Title => "Use the known name";

    protected override IEnumerable<TextChange> Changes(SyntaxNode root, Diagnostic diagnostic)
    {
        var span = diagnostic.Location.SourceSpan;
        var (named, known) = Particulars(diagnostic.Id);
        if (FindingDiagnostics.Argument(diagnostic, named) is not { Length: > 0 } name || span.End > root.FullSpan.End)
            return [];
        // The name itself, a literal of it, or the last name in a nameof; escaped characters are left to the author.
        var text = root.GetText().ToString(span);
        var start = text.LastIndexOf(name, StringComparison.Ordinal);
        var isWhole = start >= 0
            && text.Trim('"', '@') is var bare
            && (bare == name || bare.EndsWith("." + name, StringComparison.Ordinal));
        if (!isWhole || Nearest(name, Known(diagnostic, known)) is not { } nearest)
            return [];
        // A size is C#; a label or a stage is named by its bare letters.
        var written = diagnostic.Id == "MDL101" ? Identifiers.Escape(nearest) : nearest;
        return [new(new TextSpan(span.Start + start, name.Length), written)];
    }

    /// <summary>Which particulars of a rule's message are the mistyped name and the known ones.</summary>
    private static (int Name, int Known) Particulars(string id) => id switch
    {
        "MDL309" => (3, 2),
        "MDL101" => (0, 2),
        _ => (0, 3),
    };

    private static IEnumerable<string> Known(Diagnostic diagnostic, int number) =>
        (FindingDiagnostics.Argument(diagnostic, number) ?? "").Split([", "], StringSplitOptions.RemoveEmptyEntries);

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
