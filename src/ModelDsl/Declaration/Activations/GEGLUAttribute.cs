namespace ModelDsl;

/// <summary>
/// Gated linear unit a * gelu(b), with a the first half of the channels and b the second: <c>[..., 2 C]</c> to <c>[..., C]</c>
/// (Shazeer 2020).
/// </summary>
/// <remarks>
/// <code>
/// [Linear("2 * width"), GEGLU]   // GatedUnits.GEGLU(linear, 1)
/// </code>
/// As in <c>nn.GLU</c> the second half is the gate. An odd number of channels is an error.
/// </remarks>
public sealed class GEGLUAttribute : LayerAttribute
{
    /// <summary>The axis that is halved; negative counts from the end. Default: the channel axis of what flows.</summary>
    public int Axis { get; set; }
}
