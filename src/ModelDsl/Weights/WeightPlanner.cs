using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Compares a file with a state dict.</summary>
internal sealed class WeightPlanner
{
    private const string BatchCounter = "num_batches_tracked";
    private const string RunningMean = "running_mean";

    private readonly Dictionary<string, Tensor> _state;
    private readonly Dictionary<string, List<StoredTensor>> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<TensorMemory> _found;
    private readonly List<IgnoredWeight> _ignored;
    private readonly Renamer _renamer;

    private WeightPlanner(Dictionary<string, Tensor> state, WeightFile file, WeightRenaming renaming)
    {
        _state = state;
        _renamer = new(renaming, file.Path);
        _ignored = [.. file.Others.Select(name => new IgnoredWeight(name, "no tensor"))];
        foreach (var tensor in file.Tensors)
            Rename(tensor);
        _found = [.. _sources.Keys.Where(state.ContainsKey).Select(name => TensorMemory.Of(state[name]))];
    }

    /// <exception cref="WeightFileException">A rule's regular expression took too long.</exception>
    public static WeightPlan Plan(Dictionary<string, Tensor> state, WeightFile file, WeightRenaming renaming)
    {
        var planner = new WeightPlanner(state, file, renaming);
        var copies = new List<(StoredTensor, Tensor)>();
        var loaded = new List<LoadedWeight>();
        var mismatched = new List<MismatchedWeight>();
        foreach (var (name, sources) in planner._sources)
        {
            if (!state.TryGetValue(name, out var target) || sources is not [var source])
                continue;
            if (!Fits(source.Entry, target))
            {
                mismatched.Add(new(name, target.dtype, target.shape, source.Entry));
                continue;
            }
            copies.Add((source, target));
            loaded.Add(new(name, source.Entry.Name, source.Entry.Type, target.dtype));
        }
        var missing = state.Keys.Where(planner.IsMissing).ToLookup(planner.IsUncounted);
        return new(copies, new()
        {
            Path = file.Path,
            Loaded = loaded,
            Missing = [.. missing[false]],
            Unexpected = [.. planner._sources.Where(entry => !state.ContainsKey(entry.Key)).SelectMany(planner.Unexpected)],
            Mismatched = mismatched,
            Ambiguous =
            [
                .. from entry in planner._sources
                   where entry.Value.Count > 1
                   select new AmbiguousWeight(entry.Key, [.. entry.Value.Select(source => source.Entry.Name)]),
            ],
            Ignored = planner._ignored,
            Kept = [.. missing[true]],
            Rules = planner._renamer.Uses,
        });
    }

    private static bool Fits(WeightEntry entry, Tensor target) =>
        entry.Shape.SequenceEqual(target.shape) && WeightTypes.IsConvertible(entry.Type, target.dtype);

    private void Rename(StoredTensor tensor)
    {
        if (_renamer.Apply(tensor.Entry.Name, out var ignoredBy) is not { } name)
        {
            _ignored.Add(new(tensor.Entry.Name, ignoredBy!));
            return;
        }
        if (!_sources.TryGetValue(name, out var sources))
            _sources.Add(name, sources = []);
        sources.Add(tensor);
    }

    private IEnumerable<string> Unexpected(KeyValuePair<string, List<StoredTensor>> entry) =>
        entry.Value.Select(source => source.Entry.Name == entry.Key ? entry.Key : $"{entry.Key} (from {source.Entry.Name})");

    /// <summary>A tied weight is found under any of its names.</summary>
    private bool IsMissing(string name) => !_sources.ContainsKey(name) && !_found.Contains(TensorMemory.Of(_state[name]));

    /// <summary>BatchNorm counts its batches since PyTorch 0.4.1; older files have its means alone.</summary>
    private bool IsUncounted(string name)
    {
        var start = name.LastIndexOf('.') + 1;
        return name[start..] == BatchCounter && _sources.ContainsKey(name[..start] + RunningMean);
    }
}
