using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Fuzzing.Tests.Oracles;

namespace ModelDsl.Fuzzing.Tests.Campaigns;

/// <summary>A source of which an oracle says that something is wrong.</summary>
/// <param name="Name">How to make it again.</param>
/// <param name="Steps">What was done to the source that it comes from.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Source">The source, as small as was tried.</param>
internal sealed record Failure(string Name, IReadOnlyList<string> Steps, Fault Fault, Source Source)
{
    public override string ToString() =>
        $"{Name}: {Fault.Kind}\n{Fault.Message}\n\nFrom {Source.Name}: {string.Join("; ", Steps)}\n\n{Source}\n";
}
