using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Fuzzing.Tests.Language;
using ModelDsl.Fuzzing.Tests.Oracles;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>A text that is about to be changed in one place.</summary>
internal sealed class Draft
{
    public Draft(Draw draw, Source source)
    {
        (Draw, Source) = (draw, source);
        Root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source.Text, Compilations.Parsing).GetRoot();
    }

    public Draw Draw { get; }

    public Source Source { get; }

    public CompilationUnitSyntax Root { get; }

    public string Text => Source.Text;

    public IReadOnlyList<T> All<T>(Func<T, bool>? condition = null)
        where T : SyntaxNode =>
        [.. Root.DescendantNodes(descendIntoTrivia: false).OfType<T>().Where(condition ?? (_ => true))];

    /// <summary>One of the nodes of a type, or null.</summary>
    public T? Any<T>(Func<T, bool>? condition = null)
        where T : SyntaxNode => Draw.Or<T?>(All(condition), null);

    /// <summary>A class that is declared a model, or another type where there is none.</summary>
    public TypeDeclarationSyntax? Model() =>
        Any<TypeDeclarationSyntax>(type => type.AttributeLists.Count > 0) ?? Any<TypeDeclarationSyntax>();

    /// <summary>A member that carries attributes inside a type: a stage, or a property of a layer.</summary>
    public MemberDeclarationSyntax? Stage() => Any<MemberDeclarationSyntax>(IsStage);

    public static bool IsStage(MemberDeclarationSyntax member) =>
        member is (MethodDeclarationSyntax or PropertyDeclarationSyntax) and { AttributeLists.Count: > 0 };

    public NameScope Scope(SyntaxNode node) => new(Root, node.FirstAncestorOrSelf<TypeDeclarationSyntax>());

    public AttributeGrammar Grammar(SyntaxNode node) => new(Draw, Scope(node));

    public string Replace(TextSpan span, string text) => string.Concat(Text.AsSpan(0, span.Start), text, Text.AsSpan(span.End));

    public string Replace(SyntaxNode node, string text) => Replace(node.Span, text);

    public string Insert(int position, string text) => Replace(new TextSpan(position, 0), text);

    public string Remove(SyntaxNode node) => Replace(node.FullSpan, "");

    /// <summary>Gives a name wherever it stands another.</summary>
    public string Rename(string old, string name) =>
        Regex.Replace(Text, $@"\b{Regex.Escape(old)}\b", name.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>Changes places of two nodes, the first of which stands first.</summary>
    public string Swap(SyntaxNode one, SyntaxNode other)
    {
        var (first, second) = one.SpanStart <= other.SpanStart ? (one, other) : (other, one);
        return first.Span.OverlapsWith(second.Span) ? Text : string.Concat(
            Text.AsSpan(0, first.SpanStart),
            second.ToString(),
            Text.AsSpan(first.Span.End, second.SpanStart - first.Span.End),
            string.Concat(first.ToString().AsSpan(), Text.AsSpan(second.Span.End)));
    }

    /// <summary>The list with an element less or more.</summary>
    public string Rewrite<T>(SeparatedSyntaxList<T> list, IEnumerable<string> elements)
        where T : SyntaxNode => Replace(TextSpan.FromBounds(list[0].SpanStart, list[^1].Span.End), string.Join(", ", elements));
}
