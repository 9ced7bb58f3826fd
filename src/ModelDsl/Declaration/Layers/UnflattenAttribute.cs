namespace ModelDsl;

/// <summary>Splits an axis: <c>[N, C * H * W]</c> to <c>[N, C, H, W]</c>.</summary>
/// <remarks>
/// <code>
/// [Unflatten(1, "width, 7, 7")]   // nn.Unflatten(1, [width, 7, 7])
/// </code>
/// </remarks>
public sealed class UnflattenAttribute : LayerAttribute
{
    /// <summary>Splits an axis into sizes.</summary>
    public UnflattenAttribute(int axis, string sizes) => (Axis, Sizes) = (axis, sizes);

    /// <summary>The axis, counted from 0, or from the end where it is negative.</summary>
    public int Axis { get; }

    /// <summary>The sizes that the axis has as a product; -1 for one that follows from the rest.</summary>
    public string Sizes { get; }

    /// <summary>Where the channels stand if the axis held them. Default: axis 1 from rank 4 on, the last axis below.</summary>
    public Layout Layout { get; set; }
}
