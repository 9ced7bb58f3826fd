namespace ModelDsl;

/// <summary>A view of a storage, as the pickle claims it: nothing is checked.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Start">The place of the first value.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Strides">The distance of neighbours along each axis.</param>
internal sealed record PickleTensor(PickleStorage Storage, long Start, long[] Shape, long[] Strides);
