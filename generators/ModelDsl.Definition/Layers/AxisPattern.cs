using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>A pattern of axes in the grammar of einops: <c>n c (h p) (w q) -> n (h w) (c p q)</c>.</summary>
/// <param name="Left">The axes that come in.</param>
/// <param name="Right">The axes that go out.</param>
internal sealed record AxisPattern(ImmutableArray<AxisGroup> Left, ImmutableArray<AxisGroup> Right)
{
    private const string NoArrow =
        "A pattern needs '->' between the axes that come in and those that go out, such as \"n c h w -> n (h w) c\"";

    /// <summary>The pattern, or null with what is wrong and under which characters.</summary>
    public static AxisPattern? Parse(string text, out (string Message, int Start, int Length) error)
    {
        error = default;
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        if (arrow < 0 || text.IndexOf("->", arrow + 2, StringComparison.Ordinal) is >= 0 and var second)
        {
            error = arrow < 0
                ? (NoArrow, 0, text.Length)
                : ("A pattern has one '->'", text.LastIndexOf("->", StringComparison.Ordinal), 2);
            return null;
        }
        var left = AxisPatternReader.Read(text, 0, arrow, out error);
        if (left is null || AxisPatternReader.Read(text, arrow + 2, text.Length, out error) is not { } right)
            return null;
        var pattern = new AxisPattern(left.Value, right);
        return pattern.FirstError() is { } wrong ? Fail(wrong, out error) : pattern;
    }

    private static AxisPattern? Fail((string, int, int) wrong, out (string, int, int) error)
    {
        error = wrong;
        return null;
    }

    /// <summary>Each axis stands once on each side.</summary>
    private (string Message, int Start, int Length)? FirstError()
    {
        var (left, right) = (Tokens(Left), Tokens(Right));
        foreach (var side in new[] { left, right })
        {
            if (side.GroupBy(token => token.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
                return At(twice.ElementAt(1), $"'{twice.Key}' stands twice on one side");
        }
        if (left.FirstOrDefault(token => right.All(other => other.Name != token.Name)) is { } lost)
            return At(lost, $"'{lost.Name}' comes in but does not go out; an axis must stand on both sides");
        if (right.FirstOrDefault(token => left.All(other => other.Name != token.Name)) is { } made)
            return At(made, $"'{made.Name}' goes out but does not come in; an axis must stand on both sides");
        return Left.FirstOrDefault(group => group.IsComposed && group.Axes.Any(token => token.IsEllipsis)) is { } group
            ? At(group.Axes.First(token => token.IsEllipsis), "'...' can't stand in parentheses where axes come in")
            : null;
    }

    private static (string, int, int) At(AxisToken token, string message) => (message, token.Start, token.Name.Length);

    private static List<AxisToken> Tokens(ImmutableArray<AxisGroup> groups) => groups.SelectMany(group => group.Axes).ToList();
}
