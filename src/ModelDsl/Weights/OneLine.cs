namespace ModelDsl;

/// <summary>Messages that quote names of a file, which may hold anything.</summary>
internal static class OneLine
{
    private const int MaximumLength = 1000;

    /// <summary>The text without line ends and other control characters, cut where it is very long.</summary>
    public static string Of(string text) =>
        string.Concat((text.Length > MaximumLength ? $"{text.AsSpan(0, MaximumLength)}..." : text)
            .Select(letter => char.IsControl(letter) ? '?' : letter));

    /// <summary>The first of some names, and how many there are more.</summary>
    public static string List(IReadOnlyList<string> names, int maximum) =>
        string.Join(", ", names.Take(maximum)) + (names.Count > maximum ? $" and {names.Count - maximum} more" : "");
}
