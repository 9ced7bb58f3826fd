using ModelDsl.Fuzzing.Tests.Corpus;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>The same text gives the same bytes and the same findings, also when analyzers run one after the other.</summary>
internal static class RepetitionOracle
{
    public static async Task<IEnumerable<Fault>> Check(Expansion expansion, CancellationToken cancellation)
    {
        var again = await Expansion.Of(expansion.Source, cancellation, isConcurrent: false);
        var faults = new List<Fault>();
        if (expansion.GeneratedText != again.GeneratedText)
            faults.Add(new("another run generates another text", again.GeneratedText));
        if (!Sorted(expansion).SequenceEqual(Sorted(again)))
            faults.Add(new("analyzers say something else when they run alone",
                $"{string.Join("\n", Sorted(expansion))}\nagainst\n{string.Join("\n", Sorted(again))}"));
        return faults;
    }

    private static IEnumerable<string> Sorted(Expansion expansion) =>
        expansion.Findings.Select(finding => $"{finding}").Order(StringComparer.Ordinal);
}
