namespace ModelDsl.Kernels;

/// <summary>
/// What normalizes a row: (x - Centre) * Scale + Offset. The offset is what rounding leaves of a large mean: subtracting the
/// centre alone loses as much of the result as the mean exceeds the deviation.
/// </summary>
internal readonly record struct RowScaling(float Centre, float Scale, float Offset)
{
    /// <summary>Floats in it.</summary>
    public const int Size = 3;
}
