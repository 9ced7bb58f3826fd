namespace ModelDsl;

/// <summary>
/// x1' A x2 + b over the last axes of what flows and of a second input: <c>[..., C1]</c> and <c>[..., C2]</c> to
/// <c>[..., Features]</c>.
/// </summary>
/// <remarks>
/// <code>
/// [Bilinear(8, With = nameof(other))]                                            // nn.Bilinear(4, 5, 8)
/// private partial Tensor Join([Shape("N, 4")] Tensor x, [Shape("N, 5")] Tensor other);   // ... .call(x, other)
/// </code>
/// </remarks>
public sealed class BilinearAttribute : LayerAttribute
{
    /// <summary>A bilinear map to <paramref name="features"/> features.</summary>
    public BilinearAttribute(int features) => Features = features;

    /// <inheritdoc cref="BilinearAttribute(int)"/>
    public BilinearAttribute(string features) => Features = features;

    /// <summary>The output features.</summary>
    public object Features { get; }

    /// <summary><c>nameof</c> of the stage's parameter that is the second input.</summary>
    public required string With { get; set; }

    /// <summary>Whether a bias is added. Default: yes.</summary>
    public bool Bias { get; set; } = true;
}
