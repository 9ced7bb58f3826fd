using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Definition;

/// <summary>Names in the three spellings that the language needs.</summary>
public static class Identifiers
{
    /// <summary>A name as C# writes it: keywords get their <c>@</c>.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary><c>MixTokens</c> becomes <c>mix_tokens</c>; <c>Stage1</c> becomes <c>stage1</c>.</summary>
    public static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var position = 0; position < name.Length; position++)
        {
            var startsWord = char.IsUpper(name[position]) && position > 0 && name[position - 1] != '_'
                && (!char.IsUpper(name[position - 1]) || (position + 1 < name.Length && char.IsLower(name[position + 1])));
            if (startsWord)
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[position]));
        }
        return text.ToString();
    }

    /// <summary><c>stem_conv</c> becomes <c>stemConv</c>.</summary>
    public static string ToCamelCase(string snakeCase)
    {
        var text = new StringBuilder(snakeCase.Length);
        for (var position = 0; position < snakeCase.Length; position++)
        {
            if (snakeCase[position] == '_')
                continue;
            var startsWord = text.Length > 0 && snakeCase[position - 1] == '_';
            text.Append(startsWord ? char.ToUpperInvariant(snakeCase[position]) : snakeCase[position]);
        }
        return text.ToString();
    }
}
