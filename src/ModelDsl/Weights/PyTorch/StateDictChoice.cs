namespace ModelDsl;

/// <summary>Finds, in what a pickle holds, the dictionary of tensors that is meant.</summary>
internal sealed class StateDictChoice
{
    private const int MaximumDepth = 32;
    private const int Listed = 10;

    private readonly HashSet<PickleDictionary> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Path, PickleDictionary Dictionary)> _candidates = [];

    private StateDictChoice()
    {
    }

    /// <param name="file">For messages.</param>
    /// <param name="root">What the pickle holds.</param>
    /// <param name="entry">The dictionary's path, or null for the only one that holds tensors.</param>
    /// <exception cref="WeightFileException">There is none, or several; the message lists them.</exception>
    public static PickleDictionary Find(InputFile file, object? root, string? entry)
    {
        if (root is not PickleDictionary outermost)
            throw file.Wrong($"holds {Describe(root)}; expected a dictionary of tensors: torch.save(model.state_dict(), path).");
        var choice = new StateDictChoice();
        choice.Collect("", outermost, 0);
        if (entry is not null)
            return choice._candidates.FirstOrDefault(candidate => candidate.Path == entry).Dictionary
                ?? throw file.Wrong($"has no tensors in an entry '{entry}'; it has {choice.Text(outermost)}.");
        return choice._candidates switch
        {
            [var only] => only.Dictionary,
            [] => throw file.Wrong($"holds no tensors by name; it has {choice.Text(outermost)}."),
            _ => throw file.Wrong($"holds tensors in several entries; name one of them: {choice.Text(outermost)}."),
        };
    }

    /// <summary>What a value is called in messages.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        PickleTensor => "a tensor",
        PickleDictionary => "a dictionary",
        List<object?> => "a list",
        object?[] => "a tuple",
        string => "a string",
        bool => "a bool",
        long or double => "a number",
        _ => "something else",
    };

    /// <summary>
    /// Dictionaries that hold tensors, reached by strings: an optimizer's state, which counts its parameters, is none.
    /// </summary>
    private void Collect(string path, PickleDictionary dictionary, int depth)
    {
        if (!_seen.Add(dictionary) || depth > MaximumDepth)
            return;
        if (dictionary.Items.Any(item => item is { Key: string, Value: PickleTensor }))
            _candidates.Add((path, dictionary));
        foreach (var (key, value) in dictionary.Items)
        {
            if (key is string name && value is PickleDictionary nested)
                Collect(path.Length == 0 ? name : $"{path}/{name}", nested, depth + 1);
        }
    }

    private string Text(PickleDictionary outermost)
    {
        List<string> entries = _candidates.Count > 0
            ? [.. _candidates.Select(candidate => $"'{candidate.Path}' ({Count(candidate.Dictionary)} tensors)")]
            : [.. outermost.Items.Select(item => $"'{item.Key}' ({Describe(item.Value)})")];
        var more = entries.Count > Listed ? $" and {entries.Count - Listed} more" : "";
        return entries.Count == 0 ? "nothing" : string.Join(", ", entries.Take(Listed)) + more;
    }

    private static int Count(PickleDictionary dictionary) => dictionary.Items.Count(item => item.Value is PickleTensor);
}
