using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Runs repeated blocks that take nothing but what flows.</summary>
public static class RepeatedBlockExtensions
{
    /// <summary>Runs the blocks in order; without any, the result is an alias of the input.</summary>
    public static Tensor call<T>(this RepeatedBlock<T> blocks, Tensor input)
        where T : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(blocks);
        return blocks.Run(input, static (block, current) => block.call(GivenTensor.Offer(current, block)));
    }
}
