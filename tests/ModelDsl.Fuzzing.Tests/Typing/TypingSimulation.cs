using System.Collections.Concurrent;
using System.Diagnostics;
using ModelDsl.Fuzzing.Tests.Campaigns;
using ModelDsl.Fuzzing.Tests.Corpus;

namespace ModelDsl.Fuzzing.Tests.Typing;

/// <summary>Types each sample from its first letter to its last, as an editor sees it.</summary>
/// <param name="step">After how many letters the compiler looks.</param>
/// <param name="workers">How many are typed at a time.</param>
/// <param name="folder">Where failures are written.</param>
/// <param name="say">Takes lines of progress.</param>
internal sealed class TypingSimulation(int step, int workers, string folder, Action<string> say)
{
    /// <summary>Letters that one driver is carried through.</summary>
    private const int Stretch = 400;

    /// <summary>In files that declare no model the generator sees each prefix and the analyzer every so many.</summary>
    private const int AnalyzedEveryElsewhere = 20;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<Failure> _failures = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _said;
    private int _prefixes;
    private int _compared;

    public int Prefixes => _prefixes;

    /// <summary>At how many of them the driver that was carried on was compared with a fresh one.</summary>
    public int Compared => _compared;

    public IReadOnlyList<Failure> Failures => [.. _failures.OrderBy(failure => failure.Name, StringComparer.Ordinal)];

    /// <summary>What is typed: the samples' files, and the sources that use every construct.</summary>
    public static IEnumerable<Source> Sources =>
    [
        .. SourceCorpus.Samples,
        .. SourceCorpus.Others.Where(source => source.Name.EndsWith("sample", StringComparison.Ordinal)),
    ];

    public async Task Run()
    {
        using var running = new RunningFile(folder);
        var stretches = Sources.SelectMany(Stretches).ToList();
        var total = stretches.Sum(stretch => stretch.Count);
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers };
        await Parallel.ForEachAsync(stretches, options, async (stretch, _) =>
        {
            running.Begin(stretch.Name);
            await stretch.Type();
            running.End(stretch.Name);
            foreach (var failure in stretch.Failures)
                await Report(failure);
            Interlocked.Add(ref _prefixes, stretch.Count);
            Interlocked.Add(ref _compared, stretch.Compared);
            Progress(total);
        });
    }

    private IEnumerable<TypedStretch> Stretches(Source source)
    {
        var analyzedEvery = SourceCorpus.DeclaresModels(source.Text) ? 1 : AnalyzedEveryElsewhere;
        for (var start = 0; start <= source.Text.Length; start += Stretch)
            yield return new(source, start, Math.Min(start + Stretch, source.Text.Length + 1), step, analyzedEvery);
    }

    private async Task Report(Failure failure)
    {
        _failures.Add(failure);
        var name = string.Concat(failure.Name.Split(Path.GetInvalidFileNameChars())).Replace(' ', '-');
        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.txt"), $"{failure}");
    }

    private void Progress(int total)
    {
        var (now, said) = (_clock.ElapsedTicks, Interlocked.Read(ref _said));
        var isSoon = now - said < BetweenLines.TotalSeconds * Stopwatch.Frequency;
        if (isSoon || Interlocked.CompareExchange(ref _said, now, said) != said)
            return;
        say($"{_prefixes:N0} of {total:N0} prefixes, {_failures.Count} failures, {_clock.Elapsed.TotalSeconds:0} s");
    }
}
