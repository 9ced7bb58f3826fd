using ModelDsl.Fuzzing.Tests.Corpus;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>A source that was changed.</summary>
/// <param name="Number">Its number in the campaign.</param>
/// <param name="Origin">What it was.</param>
/// <param name="Steps">What was done to it.</param>
/// <param name="Source">What it is.</param>
internal sealed record Mutant(int Number, Source Origin, IReadOnlyList<string> Steps, Source Source);
