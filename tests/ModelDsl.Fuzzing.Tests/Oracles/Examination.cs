using System.Collections.Immutable;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>What was found of a source.</summary>
/// <param name="Faults">What is wrong with the product.</param>
/// <param name="Ids">The rules that were reported.</param>
/// <param name="IsCompiled">Whether the text is C# without errors of its own, so that the compiler's word counts.</param>
/// <param name="IsClean">Whether it is that, and no rule reports an error.</param>
internal sealed record Examination(ImmutableArray<Fault> Faults, ImmutableHashSet<string> Ids, bool IsCompiled, bool IsClean)
{
    /// <summary>How many fixes were applied.</summary>
    public int FixesApplied { get; init; }
}
