namespace ModelDsl.Definition;

/// <summary>How branches are joined, with the numbers of the attribute's <c>Merge</c>.</summary>
internal enum MergeKind
{
    Add = 0,
    Concat = 1,
    Multiply = 2,
}
