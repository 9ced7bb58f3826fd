using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Where a tensor's values are: tied weights are two tensors with the same.</summary>
/// <param name="Address">The first value, on the CPU; else the native tensor, which is all that TorchSharp tells.</param>
/// <param name="Shape">The sizes, as text.</param>
internal readonly record struct TensorMemory(IntPtr Address, string Shape)
{
    public static unsafe TensorMemory Of(Tensor tensor)
    {
        var shape = WeightShapes.Text(tensor.shape);
        if (tensor.device_type != DeviceType.CPU || tensor.numel() == 0)
            return new(tensor.Handle, shape);
        using var detached = tensor.detach();
        using var first = detached.as_strided([1], [1], tensor.storage_offset());
        return new((IntPtr)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes)), shape);
    }
}
