using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>When a layer computes by a kernel of this library: otherwise it composes libtorch's operations.</summary>
internal static class KernelPolicy
{
    /// <summary>
    /// The smallest input worth a kernel, 0.3 MB: below, what a function of one's own costs in autograd, 10 to 20 µs more than
    /// libtorch's, outweighs what its loops save.
    /// </summary>
    public const long FewestElements = 80_000;

    /// <summary>The largest: a tensor's memory is reached by a span of bytes.</summary>
    public const long MostElements = int.MaxValue / sizeof(float);

    /// <summary>
    /// Whether a kernel can run and is worth it: the input and addend are contiguous float32 tensors on the CPU.
    /// </summary>
    /// <param name="input">What is normalized.</param>
    /// <param name="addend">A further tensor of the same shape, or null.</param>
    /// <param name="parameters">Small tensors that the kernel reads or writes; null entries are absent ones.</param>
    public static bool Allows(Tensor input, Tensor? addend, params ReadOnlySpan<Tensor?> parameters)
    {
        if (input.numel() is < FewestElements or > MostElements || !CanRun(input, addend))
            return false;
        return (addend is null || addend.shape.AsSpan().SequenceEqual(input.shape)) && CanRun(parameters);
    }

    /// <summary>Whether a kernel can run on tensors, however small they are; null entries are absent ones.</summary>
    public static bool CanRun(params ReadOnlySpan<Tensor?> tensors)
    {
        if (!FusedKernels.IsEnabled || !HasThreads())
            return false;
        foreach (var tensor in tensors)
        {
            if (tensor is not null && !IsPlain(tensor))
                return false;
        }
        return true;
    }

    /// <summary>Whether a kernel can read the tensor's memory: contiguous float32 on the CPU.</summary>
    public static bool IsPlain(Tensor tensor) =>
        tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU && !tensor.is_sparse && tensor.is_contiguous();

    private static bool HasThreads() => OpenMPTeam.IsAvailable || get_num_threads() == 1;
}
