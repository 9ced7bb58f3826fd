using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Fuzzing.Tests.Language;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Expressions, shapes, names and patterns inside strings by their own words, and other ways to write them.</summary>
internal static partial class StringMutations
{
    public static IEnumerable<Mutation> All =>
    [
        new("delete a word of a string", 3, draft => OfWords(draft, words => words.RemoveAt(draft.Draw.Below(words.Count)))),
        new("double a word of a string", 2, draft => OfWords(draft, words => Double(words, draft.Draw))),
        new("swap two words of a string", 3, draft => OfWords(draft, words => Swap(words, draft.Draw))),
        new("exchange a word of a string", 6, ExchangeWord),
        new("exchange a shape", 3, draft => Shape(draft)),
        new("exchange an axis", 4, ExchangeAxis),
        new("nest an expression", 3, Nest),
        new("write a string otherwise", 4, Rewrite),
    ];

    private static LiteralExpressionSyntax? Literal(Draft draft) => draft.Any<LiteralExpressionSyntax>(literal =>
        literal.IsKind(SyntaxKind.StringLiteralExpression)
        && literal.FirstAncestorOrSelf<AttributeSyntax>() is not null
        && literal.Token.ValueText.Length < 1000);

    private static string? OfWords(Draft draft, Action<List<string>> change)
    {
        if (Literal(draft) is not { } literal)
            return null;
        var words = Word().Matches(literal.Token.ValueText).Select(match => match.Value).ToList();
        if (words.Count == 0)
            return null;
        change(words);
        return draft.Replace(literal, ValueGrammar.Quote(string.Concat(words)));
    }

    private static void Double(List<string> words, Draw draw)
    {
        var index = draw.Below(words.Count);
        words.Insert(index, words[index]);
    }

    private static void Swap(List<string> words, Draw draw)
    {
        var (one, other) = (draw.Below(words.Count), draw.Below(words.Count));
        (words[one], words[other]) = (words[other], words[one]);
    }

    private static string? ExchangeWord(Draft draft)
    {
        if (Literal(draft) is not { } literal)
            return null;
        var expressions = draft.Grammar(literal).Values.Expressions;
        return OfWords(draft, words => words[draft.Draw.Below(words.Count)] = draft.Draw.Below(6) switch
        {
            0 => draft.Draw.Of("+", "-", "*", "/", "%", "(", ")", ",", "?", ":", "...", "->", "==", ".", "\"", "\\", "{", "}"),
            1 => expressions.Integer(),
            2 => expressions.Condition(1),
            3 => expressions.Axis(),
            _ => expressions.Size(1),
        });
    }

    private static AttributeSyntax? ShapeAttribute(Draft draft) => draft.Any<AttributeSyntax>(attribute =>
        $"{attribute.Name}" is "Shape" or "Parameter" or "Buffer" && attribute.ArgumentList is { Arguments.Count: > 0 });

    private static string? Shape(Draft draft) =>
        ShapeAttribute(draft) is { } attribute
            ? draft.Replace(
                attribute.ArgumentList!.Arguments[0],
                ValueGrammar.Quote(draft.Grammar(attribute).Values.Expressions.Shape()))
            : null;

    private static string? ExchangeAxis(Draft draft)
    {
        if (ShapeAttribute(draft)?.ArgumentList?.Arguments[0].Expression is not LiteralExpressionSyntax literal)
            return null;
        var axes = literal.Token.ValueText.Split(',', StringSplitOptions.TrimEntries).ToList();
        var (index, axis) = (draft.Draw.Below(axes.Count), draft.Grammar(literal).Values.Expressions.Axis());
        switch (draft.Draw.Below(4))
        {
            case 0: axes.RemoveAt(index); break;
            case 1: axes.Insert(index, axis); break;
            default: axes[index] = axis; break;
        }
        return draft.Replace(literal, ValueGrammar.Quote(string.Join(", ", axes)));
    }

    private static string? Nest(Draft draft)
    {
        if (Literal(draft) is not { } literal)
            return null;
        var (text, draw) = (literal.Token.ValueText, draft.Draw);
        var other = draft.Grammar(literal).Values.Expressions.Size(1);
        var nested = draw.Below(7) switch
        {
            0 => $"({text}) / {other}",
            1 => $"({text}) * {other}",
            2 => $"{draft.Grammar(literal).Values.Expressions.Condition(1)} ? {text} : {other}",
            3 => string.Concat(Enumerable.Repeat("(", draw.Between(1, 60))) + text + ")",
            4 => string.Join(" + ", Enumerable.Repeat(text, draw.Between(2, 30))),
            5 => $"-({text})",
            _ => $"(({text}) - ({text})) + {other}",
        };
        return draft.Replace(literal, ValueGrammar.Quote(nested));
    }

    private static string? Rewrite(Draft draft)
    {
        if (Literal(draft) is not { } literal)
            return null;
        var text = literal.Token.ValueText;
        var half = text.Length / 2;
        return draft.Replace(literal, draft.Draw.Below(7) switch
        {
            0 => $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
            1 => $"\"\"\"\"\"\n    {text}\n    \"\"\"\"\"",
            2 => $"\"{string.Concat(text.Select(letter => $"\\u{(int)letter:x4}"))}\"",
            3 => $"{ValueGrammar.Quote(text[..half])} + {ValueGrammar.Quote(text[half..])}",
            4 => $"({ValueGrammar.Quote(text)})",
            5 => $"$\"\"\"{text.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)} \"\"\"",
            _ => ValueGrammar.Quote($" {text}\t"),
        });
    }

    [GeneratedRegex(@"\w+|\s+|.", RegexOptions.Singleline)]
    private static partial Regex Word();
}
