namespace ModelDsl;

/// <summary>How a tensor is filled before training.</summary>
public enum Init
{
    /// <summary>As PyTorch fills such a layer.</summary>
    Default = 0,

    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>Ones.</summary>
    Ones,

    /// <summary>One value everywhere.</summary>
    Constant,

    /// <summary>Normal values around zero.</summary>
    Normal,

    /// <summary>Normal values around zero, cut off at -2 and 2.</summary>
    TruncatedNormal,

    /// <summary>Values evenly between 0 and 1.</summary>
    Uniform,

    /// <summary>Glorot and Bengio (2010), evenly distributed.</summary>
    XavierUniform,

    /// <summary>Glorot and Bengio (2010), normally distributed.</summary>
    XavierNormal,

    /// <summary>He et al. (2015), evenly distributed.</summary>
    KaimingUniform,

    /// <summary>He et al. (2015), normally distributed.</summary>
    KaimingNormal,

    /// <summary>Orthogonal rows or columns (Saxe et al. 2013).</summary>
    Orthogonal,
}
