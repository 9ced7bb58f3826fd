namespace ModelDsl.Kernels;

/// <summary>Sums over a run for the gradients of x * sigmoid(v x) times a scale.</summary>
/// <param name="Gradient">Of the gradient g.</param>
/// <param name="Products">Of g times the gated value.</param>
/// <param name="Slopes">Of g times the derivative of the gated value with respect to v.</param>
internal readonly record struct GatedSums(double Gradient, double Products, double Slopes)
{
    public static GatedSums operator +(GatedSums left, GatedSums right) =>
        new(left.Gradient + right.Gradient, left.Products + right.Products, left.Slopes + right.Slopes);
}
