namespace ModelDsl.Definition;

/// <summary>What becomes of the activation that belongs to a slot for a normalization.</summary>
internal enum ActivationRole
{
    /// <summary>It stays as it is.</summary>
    Own,

    /// <summary>The call of the normalization applies it.</summary>
    Fused,

    /// <summary>The normalization is called in its place: it is an activation itself.</summary>
    Called,

    /// <summary>What decides at run time applies it, in its place.</summary>
    Decided,

    /// <summary>It becomes a thresholded linear unit.</summary>
    Thresholded,

    /// <summary>It becomes the scaled ReLU.</summary>
    Scaled,
}
