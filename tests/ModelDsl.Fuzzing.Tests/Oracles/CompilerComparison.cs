using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>What the compiler says of the author's text alone, against what it says with the generated files.</summary>
/// <remarks>
/// An error that stays is the author's own. One that goes was that of a missing part: a body, an implementation, a base class. What is
/// new was brought by generation, but for what the compiler could not say of a member before, as it had an error there.
/// </remarks>
internal sealed class CompilerComparison
{
    /// <summary>What a missing generated part is told by: no body, no implementation, nothing to override.</summary>
    private static readonly ImmutableHashSet<string> Missing = ["CS8795", "CS9248", "CS0115"];

    private readonly Expansion _expansion;
    private readonly List<Diagnostic> _before;
    private readonly List<Diagnostic> _after;

    private CompilerComparison(Expansion expansion, List<Diagnostic> before, List<Diagnostic> after)
    {
        (_expansion, _before, _after) = (expansion, before, after);
        var known = before.Select(Key).ToHashSet();
        Stayed = [.. after.Where(diagnostic => known.Contains(Key(diagnostic)))];
        New = [.. after.Where(diagnostic => !known.Contains(Key(diagnostic)) && !IsOfAMemberWithAnError(diagnostic))];
    }

    /// <summary>What the author's text brings along.</summary>
    public ImmutableArray<Diagnostic> Stayed { get; }

    /// <summary>What generation brings.</summary>
    public ImmutableArray<Diagnostic> New { get; }

    /// <summary>Errors of the author's own, which no generated part could mend.</summary>
    public bool HasOwnErrors => Stayed.Any(diagnostic =>
        diagnostic.Severity == DiagnosticSeverity.Error && !IsStageWithoutBody(diagnostic));

    /// <summary>Stages and properties of layers that the compiler still misses a body of.</summary>
    public IEnumerable<Diagnostic> WithoutBody => Stayed.Where(IsStageWithoutBody);

    /// <summary>Null where the text has errors of syntax: of what they leave nothing is known.</summary>
    public static CompilerComparison? Of(Expansion expansion, CancellationToken cancellation)
    {
        if (expansion.Before.SyntaxTrees.Any(HasErrors))
            return null;
        return new(expansion, Loud(expansion.Before, cancellation), Loud(expansion.After, cancellation));
    }

    public bool IsGenerated(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree is { } tree && !_expansion.Before.ContainsSyntaxTree(tree);

    private static bool HasErrors(SyntaxTree tree) =>
        tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static List<Diagnostic> Loud(Compilation compilation, CancellationToken cancellation) =>
        [.. compilation.GetDiagnostics(cancellation)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)];

    private static (string Id, SyntaxTree? Tree, TextSpan Span) Key(Diagnostic diagnostic) =>
        (diagnostic.Id, diagnostic.Location.SourceTree, diagnostic.Location.SourceSpan);

    private bool IsOfAMemberWithAnError(Diagnostic diagnostic) =>
        !IsGenerated(diagnostic)
        && Member(diagnostic) is { } member
        && _before.Any(earlier => earlier.Severity == DiagnosticSeverity.Error
            && !Missing.Contains(earlier.Id)
            && Member(earlier) == member);

    private static MemberDeclarationSyntax? Member(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.GetRoot()
        .FindNode(diagnostic.Location.SourceSpan)
        .FirstAncestorOrSelf<MemberDeclarationSyntax>();

    private static bool IsStageWithoutBody(Diagnostic diagnostic) =>
        Missing.Contains(diagnostic.Id)
        && Member(diagnostic) is (MethodDeclarationSyntax or PropertyDeclarationSyntax) and { AttributeLists.Count: > 0 } member
        && member.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { AttributeLists.Count: > 0 };
}
