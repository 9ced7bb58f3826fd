namespace ModelDsl.Kernels;

/// <summary>Sums over a run for the gradients of <c>max(z, threshold)</c>, where z is linear in x.</summary>
/// <param name="Gradient">Of the gradient for z.</param>
/// <param name="Products">Of that times x.</param>
/// <param name="Threshold">Of the gradient for the threshold.</param>
internal readonly record struct ThresholdedSums(double Gradient, double Products, double Threshold)
{
    public static ThresholdedSums operator +(ThresholdedSums left, ThresholdedSums right) =>
        new(left.Gradient + right.Gradient, left.Products + right.Products, left.Threshold + right.Threshold);
}
