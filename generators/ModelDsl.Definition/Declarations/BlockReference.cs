namespace ModelDsl.Definition;

/// <summary>The type that a block nests.</summary>
/// <param name="MetadataName">Its full metadata name, the key of its contract.</param>
/// <param name="Code">How C# names it: <c>global::Samples.BasicBlock</c>.</param>
/// <param name="Name">Its short name, for messages.</param>
/// <param name="HandWritten">The contract of a module that is no declared model; null for a model.</param>
public sealed record BlockReference(string MetadataName, string Code, string Name, HandWrittenModule? HandWritten)
{
    /// <summary>What its arguments name beside sizes.</summary>
    public EquatableArray<QualifiedName> Names { get; init; }

    /// <summary>Why it can be no block, as in "it is abstract"; null where it can.</summary>
    public string? Unfit { get; init; }

    /// <summary>Whether it is a model of another assembly, which shows of it only what its members do.</summary>
    public bool IsForeignModel { get; init; }
}
