using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Fuzzing.Tests.Mutations;
using ModelDsl.Fuzzing.Tests.Oracles;

namespace ModelDsl.Fuzzing.Tests.Campaigns;

/// <summary>Examines mutants of consecutive numbers, several at a time.</summary>
/// <param name="seed">What they are drawn from.</param>
/// <param name="workers">How many at a time.</param>
/// <param name="folder">Where failures are written.</param>
/// <param name="say">Takes lines of progress.</param>
internal sealed class MutationCampaign(int seed, int workers, string folder, Action<string> say)
{
    private const int MostShrunk = 12;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Lazy<Task<ImmutableHashSet<string>>>> _before = new();
    private readonly ConcurrentDictionary<string, int> _kinds = new();
    private readonly ConcurrentBag<(int Number, Failure Failure)> _failures = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _said;

    public Tally Tally { get; } = new();

    public IReadOnlyList<Failure> Failures =>
        [.. _failures.OrderBy(failure => failure.Number).Select(failure => failure.Failure)];

    public async Task Run(int start, int count)
    {
        using var running = new RunningFile(folder);
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers };
        await Parallel.ForEachAsync(Enumerable.Range(start, count), options, async (number, _) =>
        {
            var name = $"--seed {seed} --only {number}";
            running.Begin(name);
            await Examine(MutantFactory.Create(seed, number), name);
            running.End(name);
            Progress(count);
        });
    }

    /// <summary>What is asked of a mutant: all of some, the compiler of each.</summary>
    public static Depth DepthOf(int number) => Depth.Compiler
        | (number % 8 == 1 ? Depth.Repetition : 0)
        | (number % 4 == 0 ? Depth.Switch : 0)
        | (number % 2 == 0 ? Depth.Fixes : 0)
        | (number % 10 == 3 ? Depth.Emit : 0);

    private async Task Examine(Mutant mutant, string name)
    {
        var depth = DepthOf(mutant.Number);
        var examination = await Examiner.Examine(mutant.Source, depth);
        Tally.Add(examination, examination.Ids.IsEmpty ? [] : await Before(mutant.Origin));
        foreach (var fault in examination.Faults.DistinctBy(fault => fault.Kind))
        {
            var failure = new Failure(name, mutant.Steps, fault, mutant.Source);
            // The same fault twice says nothing new: the first ones are shrunk.
            if (_kinds.AddOrUpdate(fault.Kind, 1, (_, seen) => seen + 1) == 1 && _kinds.Count <= MostShrunk)
                failure = await Shrinker.Shrink(failure, depth);
            _failures.Add((mutant.Number, failure));
            await File.WriteAllTextAsync(Path.Combine(folder, $"failure-{seed}-{mutant.Number}.txt"), $"{failure}");
        }
    }

    /// <summary>What the source itself reports, before it is changed.</summary>
    private Task<ImmutableHashSet<string>> Before(Source origin) => _before.GetOrAdd(
        origin.Name,
        _ => new(async () => (await Examiner.Examine(origin, Depth.Switch)).Ids)).Value;

    private void Progress(int count)
    {
        var (now, said) = (_clock.ElapsedTicks, Interlocked.Read(ref _said));
        var isSoon = now - said < BetweenLines.TotalSeconds * Stopwatch.Frequency;
        if (isSoon || Interlocked.CompareExchange(ref _said, now, said) != said)
            return;
        say($"{Tally.Mutants:N0} of {count:N0} mutants, {Tally.CleanShare:P0} clean, {_kinds.Count} kinds of failures, "
            + $"{Tally.Reached.Count} of {Tally.Ids.Count} ids, {_clock.Elapsed.TotalSeconds:0} s");
    }
}
