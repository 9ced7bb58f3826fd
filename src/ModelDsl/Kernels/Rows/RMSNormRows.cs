namespace ModelDsl.Kernels;

/// <summary>RMSNorm: x / sqrt(mean(x^2) + epsilon).</summary>
internal readonly struct RMSNormRows : IRowNorm
{
    public static bool Centres => false;
}
