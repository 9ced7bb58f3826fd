namespace ModelDsl.Definition;

/// <summary>The type that a block nests.</summary>
/// <param name="MetadataName">Its full metadata name, the key of its contract.</param>
/// <param name="Code">How C# names it: <c>global::Samples.BasicBlock</c>.</param>
/// <param name="Name">Its short name, for messages.</param>
/// <param name="HandWritten">What a module states that is no model of the same assembly; null for such a model.</param>
public sealed record BlockReference(string MetadataName, string Code, string Name, HandWrittenModule? HandWritten)
{
    /// <summary>What its arguments name beside sizes.</summary>
    public EquatableArray<QualifiedName> Names { get; init; }

    /// <summary>Why it can be no block, as in "it is abstract"; null where it can.</summary>
    public string? Unfit { get; init; }

    /// <summary>
    /// Whether it is a model of another assembly, which shows of it only its contract; where that is missing, what its members
    /// do.
    /// </summary>
    public bool IsForeignModel { get; init; }
}
