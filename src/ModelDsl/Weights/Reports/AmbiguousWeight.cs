namespace ModelDsl;

/// <summary>A name that several tensors of the file have once they are renamed.</summary>
/// <param name="Name">The name in the model.</param>
/// <param name="Sources">The names in the file.</param>
public sealed record AmbiguousWeight(string Name, IReadOnlyList<string> Sources)
{
    /// <summary>The name and its sources.</summary>
    public override string ToString() => $"{Name} (from {string.Join(", ", Sources)})";
}
