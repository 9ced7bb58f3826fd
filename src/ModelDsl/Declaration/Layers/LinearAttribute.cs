namespace ModelDsl;

/// <summary>A linear map of the last axis: <c>[..., C]</c> to <c>[..., Features]</c>.</summary>
/// <remarks>
/// <code>
/// [Linear($"4 * {nameof(width)}")]   // nn.Linear(C, 4 * width)
/// </code>
/// The input size is inferred.
/// </remarks>
public sealed class LinearAttribute : LayerAttribute
{
    /// <summary>A linear map to <paramref name="features"/> features.</summary>
    public LinearAttribute(int features) => Features = features;

    /// <inheritdoc cref="LinearAttribute(int)"/>
    public LinearAttribute(string features) => Features = features;

    /// <summary>The output features.</summary>
    public object Features { get; }

    /// <summary>
    /// Whether a bias is added. Default: yes, except before a normalization that subtracts each channel's mean.
    /// </summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// <c>nameof</c> of a property of the class, a layer with a weight <c>[Features, C]</c> or a parameter of that shape, whose
    /// weight this layer shares. Default: a weight of its own.
    /// </summary>
    public string? Tied { get; set; }
}
