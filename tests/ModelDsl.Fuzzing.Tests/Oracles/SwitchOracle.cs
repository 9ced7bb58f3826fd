using Microsoft.CodeAnalysis;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>MDL000: where analyzers are off the generator speaks, of those sources that they would have found wrong.</summary>
internal static class SwitchOracle
{
    public const string Id = "MDL000";

    public static (IEnumerable<Fault> Faults, bool IsReported) Check(Expansion expansion, CancellationToken cancellation)
    {
        var run = Expansion.Generated(expansion.Source, areAnalyzersOff: true, cancellation);
        var reported = run.Result.Diagnostics;
        var faults = new List<Fault>();
        if (run.Result.Exception is { } exception)
            faults.Add(Fault.Of("the generator without analyzers", exception));
        if (reported.Any(diagnostic => diagnostic.Id != Id))
            faults.Add(new("the generator reports another rule", string.Join("\n", reported)));
        if (reported.IsEmpty == expansion.HasErrors)
            faults.Add(new(
                $"{Id} and the analyzers disagree", $"{string.Join("\n", reported)}\n{string.Join("\n", expansion.Findings)}"));
        return (faults, !reported.IsEmpty);
    }
}
