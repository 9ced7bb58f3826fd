using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.Analyzers;

/// <summary>
/// Reads a string token again, to know from which source characters each character of its value comes: the compiler keeps only
/// the value.
/// </summary>
internal static class LiteralText
{
    /// <summary>
    /// Adds the source of each character; false for a token that isn't read, such as a raw literal of several lines.
    /// </summary>
    public static bool AddSources(SyntaxToken token, List<TextSpan> sources)
    {
        if (Find(token) is not { } quoted)
            return false;
        var before = sources.Count;
        for (var position = quoted.Start; position < quoted.End;)
        {
            var length = LengthAt(token.Text, position, quoted);
            // A character beyond the 16-bit range is two in the value.
            var characters = quoted.HasEscapes && length == 10 && token.Text.Substring(position + 2, 4) != "0000" ? 2 : 1;
            sources.AddRange(Enumerable.Repeat(new TextSpan(token.SpanStart + position, length), characters));
            position += length;
        }
        return sources.Count - before == token.ValueText.Length;
    }

    private static Quoted? Find(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.StringLiteralToken when token.Text.StartsWith("@", StringComparison.Ordinal) =>
            Between(token, 2, 1) with { DoublesQuotes = true },
        SyntaxKind.StringLiteralToken => Between(token, 1, 1) with { HasEscapes = true },
        SyntaxKind.SingleLineRawStringLiteralToken => Raw(token),
        SyntaxKind.InterpolatedStringTextToken => Interpolated(token),
        _ => null,
    };

    private static Quoted Between(SyntaxToken token, int before, int after) =>
        new(before, Math.Max(before, token.Text.Length - after));

    private static Quoted Raw(SyntaxToken token)
    {
        var quotes = token.Text.TakeWhile(character => character == '"').Count();
        return Between(token, quotes, quotes);
    }

    private static Quoted? Interpolated(SyntaxToken token)
    {
        var all = Between(token, 0, 0);
        return token.Parent?.Parent is not InterpolatedStringExpressionSyntax whole ? null : whole.StringStartToken.Kind() switch
        {
            SyntaxKind.InterpolatedStringStartToken => all with { HasEscapes = true, DoublesBraces = true },
            SyntaxKind.InterpolatedVerbatimStringStartToken => all with { DoublesQuotes = true, DoublesBraces = true },
            SyntaxKind.InterpolatedSingleLineRawStringStartToken => all,
            _ => null,
        };
    }

    /// <summary>How many source characters make the next of the value.</summary>
    private static int LengthAt(string text, int position, Quoted quoted)
    {
        var isDoubled = text[position] switch
        {
            '"' => quoted.DoublesQuotes,
            '{' or '}' => quoted.DoublesBraces,
            _ => false,
        };
        var length = isDoubled ? 2 : text[position] == '\\' && quoted.HasEscapes ? EscapeLength(text, position) : 1;
        return Math.Min(length, quoted.End - position);
    }

    private static int EscapeLength(string text, int position) => (position + 1 < text.Length ? text[position + 1] : '\\') switch
    {
        'u' => 6,
        'U' => 10,
        'x' => 2 + text.Skip(position + 2).Take(4).TakeWhile(Uri.IsHexDigit).Count(),
        _ => 2,
    };

    /// <summary>The characters between the quotes, and what stands for something else there.</summary>
    private readonly record struct Quoted(int Start, int End)
    {
        public bool HasEscapes { get; init; }

        public bool DoublesQuotes { get; init; }

        public bool DoublesBraces { get; init; }
    }
}
