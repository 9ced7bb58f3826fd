namespace ModelDsl;

/// <summary>Looks up learned vectors: indices <c>[...]</c>, int64 or int32, to <c>[..., Width]</c>.</summary>
/// <remarks>
/// <code>
/// [Embedding(nameof(vocabulary), nameof(width))]   // new EmbeddingLayer(vocabulary, width)
/// </code>
/// </remarks>
public sealed class EmbeddingAttribute : LayerAttribute
{
    /// <summary>A table of <paramref name="count"/> vectors of size <paramref name="width"/>.</summary>
    public EmbeddingAttribute(int count, int width) => (Count, Width) = (count, width);

    /// <inheritdoc cref="EmbeddingAttribute(int, int)"/>
    public EmbeddingAttribute(string count, int width) => (Count, Width) = (count, width);

    /// <inheritdoc cref="EmbeddingAttribute(int, int)"/>
    public EmbeddingAttribute(int count, string width) => (Count, Width) = (count, width);

    /// <inheritdoc cref="EmbeddingAttribute(int, int)"/>
    public EmbeddingAttribute(string count, string width) => (Count, Width) = (count, width);

    /// <summary>The number of vectors.</summary>
    public object Count { get; }

    /// <summary>Their size.</summary>
    public object Width { get; }

    /// <summary>The index whose vector starts at zero and gets no gradient. Default: none.</summary>
    public object PaddingIndex { get; set; } = -1;

    /// <summary>
    /// <c>nameof</c> of a property of the class, a layer with a weight <c>[Count, Width]</c> or a parameter of that shape,
    /// whose weight this layer shares. Default: a weight of its own.
    /// </summary>
    public string? Tied { get; set; }
}
