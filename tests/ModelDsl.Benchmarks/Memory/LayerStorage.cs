using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelDsl.Benchmarks.Workloads;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>What is alive each time that a layer has run: its input, its output, and what something holds beside them.</summary>
/// <param name="images">The batch. It is the caller's and not counted.</param>
/// <param name="before">The bytes without the step.</param>
internal sealed class LayerStorage(Tensor images, long before)
{
    /// <summary>The most bytes alive.</summary>
    public long Peak { get; private set; }

    /// <summary>The most bytes that the input and the output of one layer have.</summary>
    public long LargestPair { get; private set; }

    /// <summary>Runs a pass and looks behind each layer.</summary>
    public void Observe(Workload workload)
    {
        using var noGradients = no_grad();
        var hooks = workload.Network.modules().OfType<nn.Module<Tensor, Tensor>>()
            .Where(static module => !module.children().Any())
            .Select(layer => layer.register_forward_hook((_, input, output) => Ran(input, output)))
            .ToList();
        workload.Network.call(images).Dispose();
        hooks.ForEach(static hook => hook.remove());
    }

    private Tensor Ran(Tensor input, Tensor output)
    {
        Peak = Math.Max(Peak, MappedStorage.Current() - before);
        var taken = Address(input) == Address(images) ? 0 : Bytes(input);
        var made = Address(output) == Address(input) ? 0 : Bytes(output);
        LargestPair = Math.Max(LargestPair, taken + made);
        return output;
    }

    private static unsafe nint Address(Tensor tensor) =>
        (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    private static long Bytes(Tensor tensor) => tensor.numel() * tensor.ElementSize;
}
