namespace ModelDsl.Kernels;

/// <summary>Sums over a run for the gradients of n = x / divisor times a weight.</summary>
/// <param name="Gradient">Of the gradient g.</param>
/// <param name="Products">Of g * n.</param>
/// <param name="Slope">The gradient for the divisor's slope, of which the right side takes part.</param>
/// <param name="Root">The gradient for its root.</param>
/// <param name="Left">The gradient for its left side.</param>
internal readonly record struct DividedSums(double Gradient, double Products, double Slope, double Root, double Left)
{
    public static DividedSums operator +(DividedSums left, DividedSums right) => new(
        left.Gradient + right.Gradient,
        left.Products + right.Products,
        left.Slope + right.Slope,
        left.Root + right.Root,
        left.Left + right.Left);
}
