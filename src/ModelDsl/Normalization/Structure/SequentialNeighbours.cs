using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// What runs directly before and behind a module of <c>nn.Sequential</c>. A sequence within a sequence counts as its modules,
/// unless a hook sees what goes in and out of it or it stands in several places.
/// </summary>
internal sealed class SequentialNeighbours
{
    private readonly Dictionary<nn.Module, List<Neighbours>> _known = new(ReferenceEqualityComparer.Instance);
    private readonly ModulePlaces _places;

    public SequentialNeighbours(ModulePlaces places)
    {
        _places = places;
        var sequences = places.Modules.Where(module => module.GetType() == typeof(Sequential)).Cast<Sequential>().ToList();
        var inner = sequences.SelectMany(sequence => sequence.children()).Where(IsOpen)
            .ToHashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var sequence in sequences.Where(sequence => !inner.Contains(sequence)))
            Read([.. Flat(sequence)]);
    }

    /// <summary>What stands before and behind a module, the same wherever it runs; null where that isn't known.</summary>
    public Neighbours? Of(nn.Module module) =>
        _known.TryGetValue(module, out var all) && all.TrueForAll(other => other == all[0]) ? all[0] : null;

    private bool IsOpen(nn.Module module) =>
        module.GetType() == typeof(Sequential) && !ModuleRegistries.HasHooks(module) && _places.Of(module).Count <= 1;

    private IEnumerable<nn.Module> Flat(Sequential sequence) =>
        sequence.children().SelectMany(child => IsOpen(child) ? Flat((Sequential)child) : [child]);

    private void Read(List<nn.Module> chain)
    {
        for (var index = 0; index < chain.Count; index++)
        {
            if (!_known.TryGetValue(chain[index], out var all))
                _known[chain[index]] = all = [];
            all.Add(new(index > 0 ? chain[index - 1] : null, index + 1 < chain.Count ? chain[index + 1] : null));
        }
    }
}
