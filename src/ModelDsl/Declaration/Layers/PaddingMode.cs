namespace ModelDsl;

/// <summary>What a convolution finds beyond the border of its input.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zeros = 0,

    /// <summary>The map mirrored at its border, which itself is not repeated.</summary>
    Reflect = 1,

    /// <summary>The border, repeated.</summary>
    Replicate = 2,

    /// <summary>The map from its other end.</summary>
    Circular = 3,
}
