using System.Diagnostics;
using ModelDsl.Fuzzing.Tests.Mutations;
using ModelDsl.Fuzzing.Tests.Oracles;
using ModelDsl.Fuzzing.Tests.Typing;

namespace ModelDsl.Fuzzing.Tests.Campaigns;

/// <summary>One run of the command, from its options to its exit code.</summary>
internal sealed class FuzzRun(FuzzOptions options, Action<string> say)
{
    /// <summary>So many reach every rule whatever the seed: the pages take turns, each a dozen times and more.</summary>
    private const int EnoughForEveryRule = 4000;

    private const int NothingWrong = 0;
    private const int SomethingWrong = 1;

    public async Task<int> Run()
    {
        Directory.CreateDirectory(options.Output);
        if (options.Only is { } number)
            return await One(number);
        var clock = Stopwatch.StartNew();
        var campaign = new MutationCampaign(options.Seed, options.Workers, options.Output, say);
        await campaign.Run(options.Start, options.Count);
        say($"{campaign.Tally}, {clock.Elapsed.TotalSeconds:0} s");
        var typing = await Type();
        say("");
        say(campaign.Tally.Table());
        return Conclude(campaign, typing);
    }

    private async Task<int> One(int number)
    {
        var mutant = MutantFactory.Create(options.Seed, number);
        var examination = await Examiner.Examine(mutant.Source, Depth.All);
        say($"From {mutant.Origin.Name}: {string.Join("; ", mutant.Steps)}\n\n{mutant.Source}\n");
        say($"Rules: {string.Join(", ", examination.Ids.Order(StringComparer.Ordinal))}");
        foreach (var fault in examination.Faults)
            say($"{fault.Kind}\n{fault.Message}");
        say(examination.Faults.IsEmpty ? "Nothing is wrong." : $"{examination.Faults.Length} faults.");
        return examination.Faults.IsEmpty ? NothingWrong : SomethingWrong;
    }

    private async Task<IReadOnlyList<Failure>> Type()
    {
        if (options.Typing == 0)
            return [];
        var clock = Stopwatch.StartNew();
        var typing = new TypingSimulation(options.Typing, options.Workers, options.Output, say);
        await typing.Run();
        say($"{typing.Prefixes:N0} prefixes typed, {typing.Compared:N0} compared with a driver of their own, "
            + $"{clock.Elapsed.TotalSeconds:0} s");
        return typing.Failures;
    }

    private int Conclude(MutationCampaign campaign, IReadOnlyList<Failure> typing)
    {
        IReadOnlyList<Failure> failures = [.. campaign.Failures, .. typing];
        foreach (var kind in failures.GroupBy(failure => failure.Fault.Kind).OrderByDescending(kind => kind.Count()))
            say($"\n{kind.Count()} x {kind.First()}");
        var isEnough = options.Count >= EnoughForEveryRule;
        if (isEnough && campaign.Tally.Missed.Count > 0)
            say($"No mutation reaches {string.Join(", ", campaign.Tally.Missed)}.");
        say(failures.Count == 0 ? "Nothing is wrong." : $"{failures.Count} failures, written to {options.Output}.");
        return failures.Count == 0 && !(isEnough && campaign.Tally.Missed.Count > 0) ? NothingWrong : SomethingWrong;
    }
}
