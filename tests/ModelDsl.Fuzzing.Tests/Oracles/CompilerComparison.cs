using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Fuzzing.Tests.Language;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>What the compiler says of the author's text alone, against what it says with the generated files.</summary>
/// <remarks>
/// An error that stays is the author's own. One that goes was that of a missing part: a body, an implementation, a base class.
/// What is new was brought by generation, but for what the compiler could not say of a member before, as it had an error there,
/// and for members that hide those of a module, which any base class would show.
/// </remarks>
internal sealed class CompilerComparison
{
    /// <summary>What a missing generated part is told by: no body, no implementation, nothing to override.</summary>
    private static readonly ImmutableHashSet<string> Missing = ["CS8795", "CS9248", "CS0115"];

    /// <summary>The author's member hides one of <c>nn.Module</c>, or is obsolete where that is not: so with any base.</summary>
    private static readonly ImmutableHashSet<string> OfAnyBase = ["CS0108", "CS0109", "CS0114", "CS0672", "CS0809"];

    /// <summary>A public member without a comment is its author's business.</summary>
    private const string Undocumented = "CS1591";

    private readonly Expansion _expansion;
    private readonly List<Diagnostic> _before;

    private CompilerComparison(Expansion expansion, List<Diagnostic> before, List<Diagnostic> after)
    {
        (_expansion, _before) = (expansion, before);
        var known = before.Select(Key).ToHashSet();
        Stayed = [.. after.Where(diagnostic => known.Contains(Key(diagnostic)))];
        var brought = after.Where(diagnostic => !known.Contains(Key(diagnostic))).ToLookup(IsOfAMemberWithAnError);
        New = [.. brought[false]];
        HasOwnErrors = Stayed.Any(diagnostic => IsError(diagnostic) && !IsStageWithoutBody(diagnostic)) || brought[true].Any(IsError);
    }

    /// <summary>What the author's text brings along.</summary>
    public ImmutableArray<Diagnostic> Stayed { get; }

    /// <summary>What generation brings.</summary>
    public ImmutableArray<Diagnostic> New { get; }

    /// <summary>Errors of the author's own, which no generated part could mend.</summary>
    public bool HasOwnErrors { get; }

    /// <summary>Stages and properties of layers that the compiler still misses a body of.</summary>
    public IEnumerable<Diagnostic> WithoutBody => Stayed.Where(IsStageWithoutBody);

    /// <summary>Null where the text has errors of syntax: of what they leave nothing is known.</summary>
    public static CompilerComparison? Of(Expansion expansion, CancellationToken cancellation)
    {
        if (expansion.Before.SyntaxTrees.Any(HasErrors))
            return null;
        var after = expansion.Compiled
            .Where(diagnostic => IsGenerated(expansion, diagnostic) || !IsLeftToTheAuthor(diagnostic))
            .ToList();
        var before = after.Count == 0
            ? []
            : expansion.Before.GetDiagnostics(cancellation)
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        return new(expansion, [.. before], after);
    }

    public bool IsGenerated(Diagnostic diagnostic) => IsGenerated(_expansion, diagnostic);

    private static bool IsGenerated(Expansion expansion, Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree is { } tree && !expansion.Before.ContainsSyntaxTree(tree);

    private static bool IsLeftToTheAuthor(Diagnostic diagnostic) =>
        diagnostic.Id == Undocumented || OfAnyBase.Contains(diagnostic.Id);

    private static bool HasErrors(SyntaxTree tree) =>
        tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static (string Id, SyntaxTree? Tree, TextSpan Span) Key(Diagnostic diagnostic) =>
        (diagnostic.Id, diagnostic.Location.SourceTree, diagnostic.Location.SourceSpan);

    private bool IsOfAMemberWithAnError(Diagnostic diagnostic) =>
        !IsGenerated(diagnostic)
        && Member(diagnostic) is { } member
        && _before.Any(earlier => IsError(earlier) && !IsOfAMissingPart(earlier) && Member(earlier) == member);

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    /// <summary>An override of anything but <c>forward</c> is of a member that the base may not have.</summary>
    private static bool IsOfAMissingPart(Diagnostic diagnostic) =>
        diagnostic.Id == "CS0115" ? IsForward(Member(diagnostic)) : Missing.Contains(diagnostic.Id);

    private static bool IsForward(MemberDeclarationSyntax? member) =>
        member is MethodDeclarationSyntax { Identifier.ValueText: "forward" };

    public static MemberDeclarationSyntax? Member(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.GetRoot()
        .FindNode(diagnostic.Location.SourceSpan)
        .FirstAncestorOrSelf<MemberDeclarationSyntax>();

    /// <summary>A <c>forward</c> overrides what the base has; any other override may be of nothing.</summary>
    private static bool IsStageWithoutBody(Diagnostic diagnostic) =>
        Missing.Contains(diagnostic.Id)
        && Member(diagnostic) is { } member
        && member.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { AttributeLists.Count: > 0 }
        && (diagnostic.Id == "CS0115"
            ? IsForward(member)
            : IsOfTheLanguage(member));

    private static bool IsOfTheLanguage(MemberDeclarationSyntax member) => member.AttributeLists
        .SelectMany(list => list.Attributes)
        .Select(attribute => (attribute.Name as SimpleNameSyntax)?.Identifier.ValueText)
        .Any(name => name is "Parameter" or "Buffer" || Vocabulary.Layers.Any(layer => layer.Name == name));
}
