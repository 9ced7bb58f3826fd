using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>Memory for a kernel's own numbers: float32 on the CPU, whatever TorchSharp's default type and device are.</summary>
internal static class KernelMemory
{
    /// <summary>An uninitialised contiguous tensor.</summary>
    public static Tensor Floats(params ReadOnlySpan<long> shape) => empty(shape, ScalarType.Float32, CPU);
}
