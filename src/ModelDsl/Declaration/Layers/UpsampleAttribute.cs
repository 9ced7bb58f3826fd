using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Resizes maps: <c>[N, C, T]</c>, <c>[N, C, H, W]</c> or <c>[N, C, D, H, W]</c>, by a factor or to a size; give one of them.
/// </summary>
/// <remarks>
/// <code>
/// [Upsample(Scale = 2)]                               // nn.Upsample(scale_factor: [2, 2])
/// [Upsample(Size = 14, Mode = UpsampleMode.Bilinear)] // nn.Upsample([14, 14], mode: Bilinear, align_corners: false)
/// </code>
/// </remarks>
public sealed class UpsampleAttribute : LayerAttribute
{
    /// <summary>
    /// The factor: a number, a size expression, or in a string one factor for each position axis. Sizes are rounded down.
    /// </summary>
    public object? Scale { get; set; }

    /// <summary>
    /// The positions that come out: an integer, a size expression, or in a string one size for each position axis.
    /// </summary>
    public object? Size { get; set; }

    /// <summary>
    /// How positions in between are filled: nearest, linear (one position axis), bilinear or bicubic (two), trilinear (three).
    /// Default: nearest.
    /// </summary>
    public UpsampleMode Mode { get; set; } = UpsampleMode.Nearest;

    /// <summary>
    /// Whether the outermost positions of input and output stand at the same place; where they don't, the outermost borders do.
    /// Not for nearest. Default: no.
    /// </summary>
    public bool AlignCorners { get; set; }
}
