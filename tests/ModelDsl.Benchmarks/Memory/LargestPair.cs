using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>The most bytes that the input and the output of one layer have. The batch is the caller's and not counted.</summary>
internal static class LargestPair
{
    public static long Of(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        var largest = 0L;
        var hooks = network.modules().OfType<nn.Module<Tensor, Tensor>>()
            .Where(static module => !module.children().Any())
            .Select(layer => layer.register_forward_hook((_, input, output) =>
            {
                var isBatch = input.numel() == images.numel();
                largest = Math.Max(largest, (isBatch ? 0 : Bytes(input)) + Bytes(output));
                return output;
            }))
            .ToList();
        using (no_grad())
            network.call(images).Dispose();
        hooks.ForEach(static hook => hook.remove());
        return largest;
    }

    private static long Bytes(Tensor tensor) => tensor.numel() * tensor.ElementSize;
}
