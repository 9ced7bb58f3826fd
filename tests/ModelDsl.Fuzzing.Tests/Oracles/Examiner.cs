using ModelDsl.Fuzzing.Tests.Corpus;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>Asks all oracles about a source.</summary>
internal static class Examiner
{
    /// <summary>Far more than anything needs: a source that takes longer keeps an editor busy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<Examination> Examine(Source source, Depth depth)
    {
        using var cancellation = new CancellationTokenSource(Patience);
        try
        {
            // On a thread of its own, so that one that never ends is found all the same.
            return await Task.Run(() => Ask(source, depth, cancellation.Token)).WaitAsync(2 * Patience);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return Failed(new($"takes more than {Patience.TotalSeconds:0} s", $"{exception}"));
        }
        catch (Exception exception)
        {
            return Failed(Fault.Of("the compiler", exception));
        }
    }

    private static Examination Failed(Fault fault) => new([fault], [], IsCompiled: false, IsClean: false);

    private static async Task<Examination> Ask(Source source, Depth depth, CancellationToken cancellation)
    {
        var expansion = await Expansion.Of(source, cancellation);
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
        if (isCompiled && depth.HasFlag(Depth.Emit))
            faults.AddRange(EmitOracle.Check(expansion, cancellation));
        if (depth.HasFlag(Depth.Repetition))
            faults.AddRange(await RepetitionOracle.Check(expansion, cancellation));
        var ids = expansion.Findings.Select(finding => finding.Id).ToHashSet();
        if (depth.HasFlag(Depth.Switch))
        {
            var (found, isReported) = SwitchOracle.Check(expansion, cancellation);
            faults.AddRange(found);
            if (isReported)
                ids.Add(SwitchOracle.Id);
        }
        var applied = 0;
        if (depth.HasFlag(Depth.Fixes) && CodeFixOracle.IsFixable(expansion))
        {
            (var found, applied) = await CodeFixOracle.Check(expansion, cancellation);
            faults.AddRange(found);
        }
        return new([.. faults], [.. ids], isCompiled, isCompiled && !expansion.HasErrors) { FixesApplied = applied };
    }
}
