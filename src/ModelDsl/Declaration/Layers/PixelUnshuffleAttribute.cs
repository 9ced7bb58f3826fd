namespace ModelDsl;

/// <summary>
/// Moves positions to channels: <c>[N, C, H r, W r]</c> to <c>[N, C r², H, W]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [PixelUnshuffle(2)]   // nn.PixelUnshuffle(2)
/// </code>
/// </remarks>
public sealed class PixelUnshuffleAttribute : LayerAttribute
{
    /// <summary>A map that is smaller by a factor on both axes.</summary>
    public PixelUnshuffleAttribute(int factor) => Factor = factor;

    /// <inheritdoc cref="PixelUnshuffleAttribute(int)"/>
    public PixelUnshuffleAttribute(string factor) => Factor = factor;

    /// <summary>The factor r.</summary>
    public object Factor { get; }
}
