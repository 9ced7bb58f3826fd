namespace ModelDsl.Definition;

/// <summary>How a shortcut is brought to the size of its branch, with the numbers of the attribute's <c>Downsample</c>.</summary>
internal enum DownsampleKind
{
    Convolution = 0,
    AveragePool = 1,
    Pad = 2,
}
