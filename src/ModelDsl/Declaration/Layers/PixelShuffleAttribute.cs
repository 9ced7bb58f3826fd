namespace ModelDsl;

/// <summary>
/// Moves channels to positions (Shi et al. 2016): <c>[N, C r², H, W]</c> to <c>[N, C, H r, W r]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [PixelShuffle(2)]   // nn.PixelShuffle(2)
/// </code>
/// </remarks>
public sealed class PixelShuffleAttribute : LayerAttribute
{
    /// <summary>A map that is larger by a factor on both axes.</summary>
    public PixelShuffleAttribute(int factor) => Factor = factor;

    /// <inheritdoc cref="PixelShuffleAttribute(int)"/>
    public PixelShuffleAttribute(string factor) => Factor = factor;

    /// <summary>The factor r.</summary>
    public object Factor { get; }
}
