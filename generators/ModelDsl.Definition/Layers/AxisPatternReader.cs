using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>Reads one side of a pattern of axes.</summary>
internal static class AxisPatternReader
{
    /// <summary>The axes between two positions of a text; null with what is wrong.</summary>
    public static ImmutableArray<AxisGroup>? Read(string text, int start, int end, out (string, int, int) error)
    {
        var groups = ImmutableArray.CreateBuilder<AxisGroup>();
        ImmutableArray<AxisToken>.Builder? open = null;
        var opened = start;
        error = default;
        for (var position = start; position < end;)
        {
            var length = TokenLength(text, position, end);
            var token = text.Substring(position, length);
            var message = token switch
            {
                "(" when open is not null => "Parentheses can't stand in parentheses",
                ")" when open is null => "')' closes nothing",
                _ when IsKnown(token) => null,
                _ => $"'{token}' is no axis: write a name, 1, (...) or ...",
            };
            if (message is not null)
                return Fail((message, position, length), out error);
            if (token == "(")
                (open, opened) = (ImmutableArray.CreateBuilder<AxisToken>(), position);
            else if (token == ")")
            {
                groups.Add(new(open!.ToImmutable(), IsComposed: true));
                open = null;
            }
            else if (token == "1" && open is null)
                groups.Add(new([], IsComposed: false));
            else if (token != "1" && !char.IsWhiteSpace(token[0]))
                Add(groups, open, new(token, position));
            position += length;
        }
        return open is null ? groups.ToImmutable() : Fail(("'(' is not closed", opened, 1), out error);
    }

    private static ImmutableArray<AxisGroup>? Fail((string, int, int) wrong, out (string, int, int) error)
    {
        error = wrong;
        return null;
    }

    private static void Add(ImmutableArray<AxisGroup>.Builder groups, ImmutableArray<AxisToken>.Builder? open, AxisToken token)
    {
        if (open is null)
            groups.Add(new([token], IsComposed: false));
        else
            open.Add(token);
    }

    private static bool IsKnown(string token) =>
        token is "(" or ")" or "..." or "1" || char.IsWhiteSpace(token[0]) || char.IsLetter(token[0]);

    private static int TokenLength(string text, int position, int end)
    {
        if (position + 3 <= end && string.CompareOrdinal(text, position, "...", 0, 3) == 0)
            return 3;
        var length = 0;
        while (position + length < end && (char.IsLetterOrDigit(text[position + length]) || text[position + length] == '_'))
            length++;
        return Math.Max(1, length);
    }
}
