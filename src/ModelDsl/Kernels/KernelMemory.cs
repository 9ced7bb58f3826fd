using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>Memory for a kernel's own numbers on the CPU, whatever TorchSharp's default type and device are.</summary>
internal static class KernelMemory
{
    /// <summary>An uninitialised contiguous tensor of float32.</summary>
    public static Tensor Floats(params ReadOnlySpan<long> shape) => empty(shape, ScalarType.Float32, CPU);

    /// <summary>An uninitialised contiguous tensor for <see cref="LaneBits"/>.</summary>
    public static Tensor Packs(params ReadOnlySpan<long> shape) => empty(shape, ScalarType.Int16, CPU);
}
