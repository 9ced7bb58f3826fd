namespace ModelDsl.Generators;

/// <summary>A file to add; no source where the class can't have another part.</summary>
internal sealed record GeneratedFile(string Name, string? Source);
