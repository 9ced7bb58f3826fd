namespace ModelDsl.Kernels;

/// <summary>
/// The kernels by which normalization layers run on a CPU: forward and backward of normalization, addition and activation in
/// one pass each, and the per-example gradient norms of tracked layers with them.
/// </summary>
/// <remarks>
/// They take contiguous float32 tensors on the CPU from 80,000 elements on, where libtorch brings its OpenMP library (Linux).
/// Every other input, and all where they are switched off, goes through libtorch's operations, with the same results up to
/// rounding.
/// </remarks>
internal static class FusedKernels
{
    /// <summary>
    /// Whether layers use the kernels. Default: true. Holds for all layers and threads from their next forward pass on.
    /// </summary>
    public static bool IsEnabled { get; set; } = true;
}
