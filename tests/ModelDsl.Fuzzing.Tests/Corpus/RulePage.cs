namespace ModelDsl.Fuzzing.Tests.Corpus;

/// <summary>A rule's page: the example that fires, and the one that does not, where it has one.</summary>
internal sealed record RulePage(string Id, Source Wrong, Source? Right);
