using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Fuzzing.Tests.Oracles;

namespace ModelDsl.Fuzzing.Tests.Campaigns;

/// <summary>Leaves out types, members, statements, attributes, parameters, arguments and lines as long as the same fault shows.</summary>
internal static class Shrinker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static async Task<Failure> Shrink(Failure failure, Depth depth)
    {
        var clock = Stopwatch.StartNew();
        for (var file = 0; file < failure.Source.Files.Length; file++)
        {
            var source = failure.Source with { Edited = file };
            while (clock.Elapsed < Patience && await Smaller(source, failure.Fault.Kind, depth, clock) is { } smaller)
                source = smaller;
            failure = failure with { Source = source };
        }
        var fault = await Show(failure.Source, failure.Fault.Kind, depth);
        return failure with { Fault = fault ?? failure.Fault };
    }

    private static async Task<Source?> Smaller(Source source, string kind, Depth depth, Stopwatch clock)
    {
        foreach (var span in Spans(source.Text).OrderByDescending(span => span.Length))
        {
            if (clock.Elapsed > Patience)
                return null;
            var candidate = source.With(source.Text.Remove(span.Start, span.Length));
            if (await Show(candidate, kind, depth) is not null)
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
            if (node is MemberDeclarationSyntax or StatementSyntax or AttributeListSyntax or UsingDirectiveSyntax or BaseListSyntax
                or TypeParameterListSyntax or AttributeArgumentListSyntax or EqualsValueClauseSyntax)
                yield return node.FullSpan;
            else if (node is AttributeSyntax or AttributeArgumentSyntax or ParameterSyntax or ArgumentSyntax)
                yield return WithComma(node);
        }
        foreach (var trivia in root.DescendantTrivia(descendIntoTrivia: false).Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
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
