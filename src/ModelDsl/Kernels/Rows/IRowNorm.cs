namespace ModelDsl.Kernels;

/// <summary>How a row is normalized; compiled into the loops of a kernel.</summary>
internal interface IRowNorm
{
    /// <summary>Whether the mean is taken off, and a bias is added after the weight.</summary>
    static abstract bool Centres { get; }
}
