using Microsoft.CodeAnalysis;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>What compiles can be emitted: some errors show only when bodies are lowered.</summary>
internal static class EmitOracle
{
    public static IEnumerable<Fault> Check(Expansion expansion, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        var emitted = expansion.After.Emit(stream, cancellationToken: cancellation);
        return emitted.Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => new Fault($"{diagnostic.Id} at emit", $"{diagnostic}"));
    }
}
