namespace ModelDsl;

/// <summary>A tensor in a file and where its values stand.</summary>
/// <param name="Entry">Its name, type and shape.</param>
/// <param name="Region">The bytes that it looks at; several may look at the same.</param>
/// <param name="Start">The place of its first value in the region, in values.</param>
/// <param name="Strides">The distance of neighbours along each axis, in values.</param>
internal sealed record StoredTensor(WeightEntry Entry, ByteRegion Region, long Start, long[] Strides)
{
    private const long GapBytes = 64L << 20;

    /// <summary>Values from its first to its last in the region, those between them that it leaves out included.</summary>
    public long Extent => Extents(Entry.Shape, Strides);

    /// <summary>Whether its values stand in order and without gaps.</summary>
    public bool IsContiguous => Strides.SequenceEqual(WeightShapes.Strides(Entry.Shape)) || Entry.Count <= 1;

    /// <summary>Whether the values left out are few enough to read over them.</summary>
    public bool IsDense => Extent <= Math.Max(GapBytes / WeightTypes.Size(Entry.Type), 2 * Entry.Count);

    private static long Extents(IReadOnlyList<long> shape, long[] strides)
    {
        if (shape.Contains(0))
            return 0;
        var extent = 1L;
        for (var axis = 0; axis < shape.Count; axis++)
            extent += (shape[axis] - 1) * strides[axis];
        return extent;
    }
}
