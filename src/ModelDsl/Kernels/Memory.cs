using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>The memory of tensors.</summary>
internal static unsafe class Memory
{
    /// <summary>The first value of a contiguous float32 tensor on the CPU; null for an absent tensor.</summary>
    /// <remarks>
    /// Libtorch's memory doesn't move. The tensor has to outlive the use of the pointer: a dispose scope, or
    /// <see cref="GC.KeepAlive"/>, keeps the garbage collector from finalizing it.
    /// </remarks>
    public static float* Of(Tensor? tensor) =>
        tensor is null ? null : (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
