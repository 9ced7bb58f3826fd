using Microsoft.CodeAnalysis;
using ModelDsl.Fuzzing.Tests.Corpus;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>Asks all oracles about a source.</summary>
internal static class Examiner
{
    /// <summary>Far more than anything needs, on a machine that does other things too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<Examination> Examine(Source source, Depth depth) =>
        Examine(cancellation => Expansion.Of(source, cancellation), depth);

    /// <param name="expand">Runs generator and analyzer.</param>
    /// <param name="depth">How much is asked.</param>
    public static async Task<Examination> Examine(Func<CancellationToken, Task<Expansion>> expand, Depth depth) =>
        await Try(expand, depth)
        ?? await Try(expand, depth)
        ?? Failed(new($"takes more than {Patience.TotalSeconds:0} s", "twice"));

    /// <summary>Null where it takes too long; once may be the machine's fault.</summary>
    private static async Task<Examination?> Try(Func<CancellationToken, Task<Expansion>> expand, Depth depth)
    {
        using var cancellation = new CancellationTokenSource(Patience);
        try
        {
            // On a thread of its own, so that one that never ends is found all the same.
            return await Task.Run(() => Ask(expand, depth, cancellation.Token)).WaitAsync(2 * Patience);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return null;
        }
        catch (Exception exception)
        {
            return Failed(Fault.Of("the compiler", exception));
        }
    }

    private static Examination Failed(Fault fault) => new([fault], [], IsCompiled: false, IsClean: false);

    private static async Task<Examination> Ask(
        Func<CancellationToken, Task<Expansion>> expand, Depth depth, CancellationToken cancellation)
    {
        var expansion = await expand(cancellation);
        if (expansion.Result.Exception is { } exception)
            return Failed(Fault.Of("the generator", exception));
        if (expansion.Thrown is { } thrown)
            return Failed(Fault.Of("the analyzer", thrown));
        var faults = FindingOracle.Check(expansion).ToList();
        faults.AddRange(expansion.Result.Diagnostics.Select(diagnostic =>
            new Fault("the generator speaks where analyzers do", $"{diagnostic}")));
        var comparison = depth.HasFlag(Depth.Compiler) ? CompilerComparison.Of(expansion, cancellation) : null;
        if (comparison is not null)
            faults.AddRange(CompilerOracle.Check(expansion, comparison));
        var isCompiled = comparison is { HasOwnErrors: false };
        var more = await AskMore(expansion, CanBeEmitted(expansion) ? depth : depth & ~Depth.Emit, cancellation);
        var ids = expansion.Findings.Select(finding => finding.Id).Concat(more.Ids);
        return new([.. faults, .. more.Faults], [.. ids], isCompiled, isCompiled && !expansion.HasErrors)
        {
            FixesApplied = more.FixesApplied,
        };
    }

    private static bool CanBeEmitted(Expansion expansion) =>
        expansion.Compiled.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);

    /// <summary>What takes further runs.</summary>
    private static async Task<Examination> AskMore(Expansion expansion, Depth depth, CancellationToken cancellation)
    {
        var (faults, isReported, applied) = (new List<Fault>(), false, 0);
        if (depth.HasFlag(Depth.Emit))
            faults.AddRange(EmitOracle.Check(expansion, cancellation));
        if (depth.HasFlag(Depth.Repetition))
            faults.AddRange(await RepetitionOracle.Check(expansion, cancellation));
        if (depth.HasFlag(Depth.Switch))
        {
            (var found, isReported) = SwitchOracle.Check(expansion, cancellation);
            faults.AddRange(found);
        }
        if (depth.HasFlag(Depth.Fixes) && CodeFixOracle.IsFixable(expansion))
        {
            (var found, applied) = await CodeFixOracle.Check(expansion, cancellation);
            faults.AddRange(found);
        }
        return new([.. faults], isReported ? [SwitchOracle.Id] : [], IsCompiled: false, IsClean: false)
        {
            FixesApplied = applied,
        };
    }
}
