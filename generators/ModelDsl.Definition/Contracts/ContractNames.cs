namespace ModelDsl.Definition;

/// <summary>The words of a contract's text.</summary>
internal static class ContractNames
{
    /// <summary>The form of the text. Whoever changes what a line means, or adds one, counts it up.</summary>
    public const string Version = "contract 3";

    public const string Parameters = "parameters";

    public const string Input = "input";

    public const string Output = "output";

    /// <summary>Of an output that may be the input itself, as the author wrote <c>forward</c>.</summary>
    public const string PerhapsInput = "perhaps the input itself";

    public const string ChannelsAt = "channels at ";

    public const string Path = "path";

    public const string Channels = "channels";

    public const string Kernel = "kernel";

    public const string Stride = "stride";

    public const string Padding = "padding";

    public const string Repeat = "repeat";

    public const string Normalization = "norm";

    public const string Projection = "projection";

    /// <summary>Of a residual whose sum a ReLU changes that belongs to its branch.</summary>
    public const string ReLUBehind = "ReLU behind";

    /// <summary>When a residual's projection is the identity.</summary>
    public const string Identity = "identity";

    /// <summary>When an optional layer is there.</summary>
    public const string When = "when";

    /// <summary>The value of an enumeration by its exact name; null where it has none of that name.</summary>
    public static T? Kind<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, out var value) && value.ToString() == name ? value : null;

    public static string[] Split(string text, string separator) => text.Split([separator], StringSplitOptions.None);

    /// <summary>Name and value of <c>name: value</c>; of anything else both are empty.</summary>
    public static (string Name, string Value) Pair(string text)
    {
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? ("", "") : (text.Substring(0, colon), text.Substring(colon + 2));
    }
}
