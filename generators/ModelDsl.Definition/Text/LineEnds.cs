namespace ModelDsl.Definition;

/// <summary>The ends of lines in what authors write, of which C# knows six.</summary>
internal static class LineEnds
{
    public static string ToLineFeeds(string text) => text
        .Replace("\r\n", "\n")
        .Replace('\r', '\n')
        .Replace('\u0085', '\n')
        .Replace('\u2028', '\n')
        .Replace('\u2029', '\n');
}
