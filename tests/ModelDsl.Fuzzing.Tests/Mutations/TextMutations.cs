using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Fuzzing.Tests.Corpus;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Changes that know no grammar: cuts, gaps, doubled tokens, pieces of other sources.</summary>
internal static class TextMutations
{
    private const int LargestGap = 20;

    public static IEnumerable<Mutation> All =>
    [
        new("cut the text off", 2, draft => draft.Text[..draft.Draw.Below(draft.Text.Length + 1)]),
        new("leave letters out", 3, Gap),
        new("delete a token", 3, draft => draft.Replace(Token(draft).Span, "")),
        new("double a token", 2, draft => Token(draft) is var token ? draft.Insert(token.Span.End, $" {token} ") : null),
        new("put a token in another's place", 3, draft => draft.Replace(Token(draft).Span, Token(draft).Text)),
        new("put a letter in", 2, Letter),
        new("go on with another source", 2, Splice),
    ];

    private static SyntaxToken Token(Draft draft) => draft.Draw.Of([.. draft.Root.DescendantTokens()]);

    private static string Gap(Draft draft)
    {
        var start = draft.Draw.Below(draft.Text.Length + 1);
        var end = Math.Min(draft.Text.Length, start + draft.Draw.Between(1, LargestGap));
        return draft.Replace(TextSpan.FromBounds(start, end), "");
    }

    private static string Letter(Draft draft) => draft.Insert(
        draft.Draw.Below(draft.Text.Length + 1),
        draft.Draw.Of(
            "\"", "'", "{", "}", "(", ")", "[", "]", "<", ">", ";", ",", "#", "\\", "@", "$", "\0",
            "\ud800", "\u00a0", "\n", "é", "=", ".", "?"));

    private static string Splice(Draft draft)
    {
        var other = draft.Draw.Of(SourceCorpus.Pages).Wrong.Text;
        var start = draft.Text.AsSpan(0, draft.Draw.Below(draft.Text.Length + 1));
        return string.Concat(start, other.AsSpan(draft.Draw.Below(other.Length + 1)));
    }
}
