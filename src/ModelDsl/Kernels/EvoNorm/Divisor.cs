namespace ModelDsl.Kernels;

/// <summary>What a run is divided by: <c>max(Left, Slope * x + Root)</c>.</summary>
/// <param name="Left">The deviation of the channel in the batch.</param>
/// <param name="Slope">The slope of the right side.</param>
/// <param name="Root">The level of the right side.</param>
internal readonly record struct Divisor(float Left, float Slope, float Root);
