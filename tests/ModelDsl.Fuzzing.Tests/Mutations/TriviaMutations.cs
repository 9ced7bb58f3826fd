using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Comments, directives, line ends and escapes: what a compiler reads over.</summary>
internal static class TriviaMutations
{
    public static IEnumerable<Mutation> All =>
    [
        new("put a comment between tokens", 3, Comment),
        new("put a directive before a member", 4, Directive),
        new("document a member", 3, Document),
        new("use other line ends", 2, draft => draft.Text.ReplaceLineEndings(draft.Draw.Of("\r\n", "\r", "\u2028", "\r\n"))),
        new("put a byte order mark first", 1, draft => "\ufeff" + draft.Text),
        new("escape an identifier", 3, Escape),
        new("write all on one line", 1, OnOneLine),
        new("indent with tabs", 1, WithTabs),
    ];

    private static bool Has(Draft draft, string text) => draft.Text.Contains(text, StringComparison.Ordinal);

    private static string? OnOneLine(Draft draft) =>
        Has(draft, "//") || Has(draft, "#") || Has(draft, "\"\"\"") ? null : draft.Text.ReplaceLineEndings(" ");

    private static string? WithTabs(Draft draft) =>
        Has(draft, "\"\"\"") ? null : draft.Text.Replace("    ", "\t", StringComparison.Ordinal);

    private static SyntaxToken Token(Draft draft) => draft.Draw.Of([.. draft.Root.DescendantTokens()]);

    private static string? Comment(Draft draft) => draft.Insert(
        Token(draft).SpanStart,
        draft.Draw.Of("/* c */", "/* [Linear(3)] */ ", "// c\n", "/* \u00e9 \ud83d\ude00 */", "\n\n", "/**/", "/// <c>\n"));

    private static string? Directive(Draft draft)
    {
        if (draft.Any<MemberDeclarationSyntax>() is not { } member)
            return null;
        var (before, after) = draft.Draw.Of(
            ("#if DEBUG\n", "\n#endif\n"), ("#if !DEBUG\n", "\n#endif\n"), ("#region R\n", "\n#endregion\n"),
            ("#pragma warning disable\n", "\n#pragma warning restore\n"),
            ("#nullable disable\n", "\n#nullable restore\n"), ("#line 7 \"other.cs\"\n", "\n#line default\n"),
            ("#line hidden\n", "\n#line default\n"), ("#if A\n", "\n"),
            ("#pragma warning disable MDL101, MDL402\n", "\n"), ("#error stop\n", "\n"),
            ("#nullable disable warnings\n", "\n"), ("#line (1, 1) - (5, 60) 10 \"partial.razor\"\n", "\n#line default\n"));
        return draft.Replace(member.Span, $"\n{before}{member}{after}");
    }

    private static string? Document(Draft draft) =>
        draft.Any<MemberDeclarationSyntax>() is { } member
            ? draft.Insert(
                member.SpanStart,
                draft.Draw.Of(
                    "/// <summary>It <c>is</c> a net.</summary>\n", "/// <inheritdoc/>\n", "/// <summary>Half a tag\n",
                    "/// <remarks>Its author's remarks.</remarks>\n",
                    "/// <param name=\"x\">What flows.</param>\n", "/** <summary>A net.</summary> */\n",
                    "/// <summary>\n/// <see cref=\"Missing\"/>\n/// </summary>\n",
                    "[System.Obsolete] ", "[System.ComponentModel.Browsable(false)] ",
                    "[System.Obsolete(\"soon gone\")] ", "[System.CLSCompliant(false)] "))
            : null;

    private static string? Escape(Draft draft)
    {
        var tokens = draft.Root.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text.Length > 0 && token.Text[0] != '@')
            .ToList();
        if (tokens.Count == 0)
            return null;
        var token = draft.Draw.Of(tokens);
        var escaped = new StringBuilder(token.Text);
        if (draft.Draw.Chance(0.5))
            escaped.Insert(0, '@');
        else if (char.IsAsciiLetter(token.Text[0]))
            escaped.Remove(0, 1).Insert(0, $"\\u{(int)token.Text[0]:x4}");
        return draft.Replace(token.Span, escaped.ToString());
    }
}
