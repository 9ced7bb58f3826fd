namespace ModelDsl.Kernels;

/// <summary>LayerNorm: (x - mean) / sqrt(variance + epsilon), the variance biased.</summary>
internal readonly struct LayerNormRows : IRowNorm
{
    public static bool Centres => true;
}
