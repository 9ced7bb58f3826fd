using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ModelDsl.Definition;
using ModelDsl.Fuzzing.Tests.Oracles;

namespace ModelDsl.Fuzzing.Tests.Campaigns;

/// <summary>What a campaign has counted so far.</summary>
internal sealed class Tally
{
    /// <summary>Every id of the analyzers, and the generator's. MDL900 is a build target's: no source reaches it.</summary>
    public static readonly IReadOnlyList<string> Ids =
        [.. Descriptors.All.Select(descriptor => descriptor.Id).Append(SwitchOracle.Id).Order(StringComparer.Ordinal)];

    private readonly ConcurrentDictionary<string, int> _reported = new();
    private readonly ConcurrentDictionary<string, int> _reached = new();
    private int _mutants;
    private int _compiled;
    private int _clean;
    private int _fixes;

    public int Mutants => _mutants;

    /// <summary>The share of mutants that are C# without errors of their own: there the compiler's word counts.</summary>
    public double CompiledShare => _mutants == 0 ? 0 : (double)_compiled / _mutants;

    /// <summary>The share of mutants of which no rule reports an error and the compiler none of the author's.</summary>
    public double CleanShare => _mutants == 0 ? 0 : (double)_clean / _mutants;

    /// <summary>The ids that mutations brought: the source that they started from does not report them.</summary>
    public IReadOnlyList<string> Reached => [.. Ids.Where(_reached.ContainsKey)];

    public IReadOnlyList<string> Missed => [.. Ids.Except(Reached)];

    public void Add(Examination examination, ImmutableHashSet<string> before)
    {
        Interlocked.Increment(ref _mutants);
        if (examination.IsCompiled)
            Interlocked.Increment(ref _compiled);
        if (examination.IsClean)
            Interlocked.Increment(ref _clean);
        Interlocked.Add(ref _fixes, examination.FixesApplied);
        foreach (var id in examination.Ids)
        {
            _reported.AddOrUpdate(id, 1, (_, count) => count + 1);
            if (!before.Contains(id))
                _reached.AddOrUpdate(id, 1, (_, count) => count + 1);
        }
    }

    /// <summary>A line an id: how many mutants report it, and how many of them by mutation alone.</summary>
    public string Table()
    {
        var lines = Ids.Select(id => string.Create(
            CultureInfo.InvariantCulture,
            $"{id}  {_reported.GetValueOrDefault(id),8:N0}  {_reached.GetValueOrDefault(id),10:N0}"));
        return $"id      reported  by mutation\n{string.Join("\n", lines)}";
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_mutants:N0} mutants, {CompiledShare:P1} compile, {CleanShare:P1} with a clean report, "
            + $"{Reached.Count} of {Ids.Count} ids reached, {_fixes:N0} fixes applied");
}
