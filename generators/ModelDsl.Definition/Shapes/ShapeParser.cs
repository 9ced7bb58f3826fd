using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>Reads <c>[Shape("N, inChannels, H, W")]</c>.</summary>
public static class ShapeParser
{
    /// <summary>The axes, or null where a name does not bind.</summary>
    /// <param name="text">The axes as written.</param>
    /// <param name="scope">The names that sizes may use.</param>
    /// <param name="errors">What is wrong.</param>
    /// <param name="bindsFirst">
    /// Whether a name that binds is that size even where its first letter is upper case: a tensor of the model's own has no free
    /// axes.
    /// </param>
    public static DeclaredShape? Parse(
        string text, SizeScope scope, out ImmutableArray<SizeError> errors, bool bindsFirst = false)
    {
        var found = ImmutableArray.CreateBuilder<SizeError>();
        var axes = ImmutableArray.CreateBuilder<DeclaredAxis>();
        foreach (var (start, part) in Split(text))
        {
            var axis = part == "..." && axes.Count == 0 ? new(Axis.Leading.Size, null)
                : bindsFirst && scope.Resolve(part) is { } size ? new DeclaredAxis(size.Value, size.Code)
                : ReadAxis(part, scope, start, found);
            axes.Add(axis);
        }
        errors = found.ToImmutable();
        return errors.IsEmpty ? new(axes.ToImmutable()) : null;
    }

    private static DeclaredAxis ReadAxis(string part, SizeScope scope, int start, ImmutableArray<SizeError>.Builder errors)
    {
        if (part == "?")
            return new(null, null);
        if (IsFreeName(part))
            return new(Size.Symbol(part), null);
        var size = SizeParser.Parse(part, scope, out var found);
        foreach (var error in found)
            errors.Add(error with { Start = error.Start + start });
        return new(size?.Value, size?.Code);
    }

    internal static bool IsFreeName(string part) =>
        part.Length > 0 && char.IsUpper(part[0]) && part.All(character => char.IsLetterOrDigit(character) || character == '_');

    /// <summary>The parts between commas that stand outside parentheses, trimmed, with their offsets.</summary>
    internal static IEnumerable<(int Start, string Part)> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var position = 0; position <= text.Length; position++)
        {
            var character = position == text.Length ? ',' : text[position];
            depth += character is '(' or '[' ? 1 : character is ')' or ']' ? -1 : 0;
            if (character != ',' || (depth > 0 && position < text.Length))
                continue;
            var part = text.Substring(start, position - start);
            yield return (start + part.Length - part.TrimStart().Length, part.Trim());
            start = position + 1;
        }
    }
}
