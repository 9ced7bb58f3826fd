namespace ModelDsl;

/// <summary>Something in the file that was left out on purpose.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Reason">The rule that says so, or what it is instead of a tensor.</param>
public sealed record IgnoredWeight(string Name, string Reason)
{
    /// <summary>The name and the reason.</summary>
    public override string ToString() => $"{Name} ({Reason})";
}
