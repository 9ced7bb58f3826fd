using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Fuzzing.Tests.Oracles;

namespace ModelDsl.Fuzzing.Tests.Campaigns;

/// <summary>Leaves out types, members, statements, attributes, parameters and arguments while the same fault shows.</summary>
internal static class Shrinker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static async Task<Failure> Shrink(Failure failure, Depth depth)
    {
        var kind = failure.Fault.Kind;
        var source = await Shrink(failure.Source, async candidate => await Show(candidate, kind, depth) is not null);
        return failure with { Source = source, Fault = await Show(source, kind, depth) ?? failure.Fault };
    }

    public static async Task<Source> Shrink(Source source, Func<Source, Task<bool>> shows)
    {
        var clock = Stopwatch.StartNew();
        for (var file = 0; file < source.Files.Length; file++)
        {
            source = source with { Edited = file };
            while (await Smaller(source, shows, clock) is { } smaller)
                source = smaller;
        }
        return source;
    }

    private static async Task<Source?> Smaller(Source source, Func<Source, Task<bool>> shows, Stopwatch clock)
    {
        foreach (var span in Spans(source.Text).Where(span => span.Length > 0).OrderByDescending(span => span.Length))
        {
            if (clock.Elapsed > Patience)
                return null;
            var candidate = source.With(source.Text.Remove(span.Start, span.Length));
            if (await shows(candidate))
                return candidate;
        }
        return null;
    }

    private static async Task<Fault?> Show(Source source, string kind, Depth depth) =>
        (await Examiner.Examine(source, depth)).Faults.FirstOrDefault(fault => fault.Kind == kind);

    /// <summary>What may be left out at once.</summary>
    private static IEnumerable<TextSpan> Spans(string text)
    {
        var root = CSharpSyntaxTree.ParseText(text, Compilations.Parsing).GetRoot();
        foreach (var node in root.DescendantNodes())
        {
            if (node is MemberDeclarationSyntax or StatementSyntax or AttributeListSyntax or UsingDirectiveSyntax
                or BaseListSyntax or TypeParameterListSyntax or AttributeArgumentListSyntax or EqualsValueClauseSyntax)
                yield return node.FullSpan;
            else if (node is AttributeSyntax or AttributeArgumentSyntax or ParameterSyntax or ArgumentSyntax)
                yield return WithComma(node);
        }
        var blank = root.DescendantTrivia(descendIntoTrivia: false)
            .Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        foreach (var trivia in blank)
            yield return trivia.FullSpan;
    }

    private static TextSpan WithComma(SyntaxNode node)
    {
        var (before, after) = (node.GetFirstToken().GetPreviousToken(), node.GetLastToken().GetNextToken());
        return after.IsKind(SyntaxKind.CommaToken) ? TextSpan.FromBounds(node.SpanStart, after.FullSpan.End)
            : before.IsKind(SyntaxKind.CommaToken) ? TextSpan.FromBounds(before.SpanStart, node.Span.End)
            : node.Span;
    }
}
