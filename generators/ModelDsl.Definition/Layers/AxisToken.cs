namespace ModelDsl.Definition;

/// <summary>The name of an axis in a pattern, or <c>...</c>.</summary>
/// <param name="Name">As written.</param>
/// <param name="Start">Where it stands in the pattern.</param>
internal sealed record AxisToken(string Name, int Start)
{
    public bool IsEllipsis => Name == "...";
}
