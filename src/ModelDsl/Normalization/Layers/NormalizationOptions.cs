namespace ModelDsl;

/// <summary>Checks the numbers that layers are built with, and knows their defaults.</summary>
internal static class NormalizationOptions
{
    /// <summary>What most layers add to a variance: PyTorch's default.</summary>
    public const double DefaultEpsilon = 1e-5;

    /// <summary>What RMSNorm adds to the mean square: timm's default.</summary>
    public const double RootMeanSquareEpsilon = 1e-6;

    /// <summary>What EvoNormB0 adds to its variances (Liu et al. 2020).</summary>
    public const double EvoNormB0Epsilon = 1e-3;

    /// <summary>The weight of a new batch in running statistics: PyTorch's default.</summary>
    public const double DefaultMomentum = 0.1;

    /// <summary>The epsilon, if it is one.</summary>
    public static double Epsilon(string site, double epsilon) => epsilon >= 0 && double.IsFinite(epsilon)
        ? epsilon
        : throw new ArgumentException($"{site}: epsilon {epsilon} is not 0 or a positive number.");

    /// <summary>The momentum, if it is one.</summary>
    public static double Momentum(string site, double momentum) => momentum is >= 0 and <= 1
        ? momentum
        : throw new ArgumentException($"{site}: momentum {momentum} is not between 0 and 1.");
}
