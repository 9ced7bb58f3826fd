using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Which tensor of a file goes where in a model, known before anything is copied.</summary>
/// <param name="Copies">What is to be copied, in the file's order.</param>
/// <param name="Report">What fits and what doesn't.</param>
internal sealed record WeightPlan(IReadOnlyList<(StoredTensor Source, Tensor Target)> Copies, WeightReport Report)
{
    private const int Listed = 3;

    /// <summary>Why nothing is loaded; null where nothing speaks against it.</summary>
    /// <param name="model">What the model is called.</param>
    /// <param name="strict">Whether names that are missing or unexpected speak against it.</param>
    public WeightMismatchException? Refusal(string model, bool strict)
    {
        List<string> problems = [];
        Add(problems, "mismatched", [.. Report.Mismatched.Select(weight => weight.ToString())]);
        Add(problems, "ambiguous", [.. Report.Ambiguous.Select(weight => weight.ToString())]);
        if (strict)
        {
            Add(problems, "missing", Report.Missing);
            Add(problems, "unexpected", Report.Unexpected);
        }
        return problems.Count == 0
            ? null
            : new($"{Report.Path} doesn't fit {model}; nothing is loaded. {string.Join(". ", problems)}.{Hint()}", Report);
    }

    private static void Add(List<string> problems, string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            problems.Add($"{names.Count} {what}: {OneLine.List(names, Listed)}");
    }

    /// <summary>The rule that would make most names fit, where a beginning is all that tells them apart.</summary>
    private string Hint()
    {
        if (Report.Missing is not [var missing, ..] || Report.Unexpected is not [var unexpected, ..])
            return "";
        if (Prefix(unexpected, Report.Missing) is { } surplus)
            return $" The file's names begin with '{surplus}': WeightRenaming.None.RemovePrefix(\"{surplus}\").";
        if (Prefix(missing, Report.Unexpected) is { } lacking)
            return $" The model's names begin with '{lacking}': WeightRenaming.None.AddPrefix(\"{lacking}\").";
        return "";
    }

    /// <summary>The levels before a name without which it is one of the others.</summary>
    private static string? Prefix(string name, IReadOnlyList<string> others)
    {
        for (var dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            if (others.Contains(name[(dot + 1)..]))
                return name[..(dot + 1)];
        }
        return null;
    }
}
