using System.Text;

namespace ModelDsl;

/// <summary>How the tensors of a file and the state dict of a model fit.</summary>
public sealed record WeightReport
{
    private const int Listed = 20;

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Parameters and buffers that have their values from the file.</summary>
    public required IReadOnlyList<LoadedWeight> Loaded { get; init; }

    /// <summary>Names of the model that the file lacks; a tied weight lacks none where one of its names is there.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Names of the file that the model has no place for.</summary>
    public required IReadOnlyList<string> Unexpected { get; init; }

    /// <summary>Names on both sides whose shapes or types don't fit.</summary>
    public required IReadOnlyList<MismatchedWeight> Mismatched { get; init; }

    /// <summary>Names that two or more tensors of the file end on.</summary>
    public required IReadOnlyList<AmbiguousWeight> Ambiguous { get; init; }

    /// <summary>What a rule left out, and what is no tensor.</summary>
    public required IReadOnlyList<IgnoredWeight> Ignored { get; init; }

    /// <summary>
    /// Counters of batches that files of old PyTorch versions lack, though they have the running mean beside them; the model's
    /// stay.
    /// </summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>What each rule did, in their order.</summary>
    public required IReadOnlyList<RuleUse> Rules { get; init; }

    /// <summary>Whether every name fits.</summary>
    public bool IsComplete => Missing.Count == 0 && Unexpected.Count == 0 && Mismatched.Count == 0 && Ambiguous.Count == 0;

    internal string Counts
    {
        get
        {
            var converted = Loaded.Count(weight => weight.IsConverted);
            List<string> parts = [$"{Loaded.Count} loaded" + (converted > 0 ? $" ({converted} converted)" : "")];
            Count(parts, Missing.Count, "missing");
            Count(parts, Unexpected.Count, "unexpected");
            Count(parts, Mismatched.Count, "mismatched");
            Count(parts, Ambiguous.Count, "ambiguous");
            Count(parts, Ignored.Count, "ignored");
            Count(parts, Kept.Count, "kept");
            return string.Join(", ", parts);
        }
    }

    /// <summary>The counts, the names that don't fit, the conversions, and what the rules did, in lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Path}: {Counts}");
        List(text, "missing", Missing);
        List(text, "unexpected", Unexpected);
        List(text, "mismatched", [.. Mismatched.Select(weight => weight.ToString())]);
        List(text, "ambiguous", [.. Ambiguous.Select(weight => weight.ToString())]);
        List(text, "ignored", [.. Ignored.Select(weight => weight.ToString())]);
        List(text, "kept", Kept);
        foreach (var group in Loaded.Where(weight => weight.IsConverted).GroupBy(weight => (weight.FileType, weight.Type)))
            List(text, $"converted from {group.Key.FileType} to {group.Key.Type}", [.. group.Select(weight => weight.Name)]);
        foreach (var use in Rules)
            text.Append('\n').Append(Describe(use));
        return text.ToString();
    }

    private static string Describe(RuleUse use) =>
        use.Names is [var first, ..]
            ? $"rule {use.Rule}: {use.Names.Count} names, {first.From} -> {first.To}"
            : $"rule {use.Rule}: unused";

    private static void Count(List<string> parts, int count, string what)
    {
        if (count > 0)
            parts.Add($"{count} {what}");
    }

    private static void List(StringBuilder text, string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            text.Append('\n').Append(what).Append(": ").Append(OneLine.List(names, Listed));
    }
}
