using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Runs a hand-written block inside a generated body.</summary>
public static class HandWrittenBlock
{
    /// <summary>
    /// The block's result; an alias where the block returns its input itself, as the body frees the two independently.
    /// </summary>
    public static Tensor Call(nn.Module<Tensor, Tensor> block, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(input);
        var output = block.call(input);
        return ReferenceEquals(output, input) ? input.alias() : output;
    }
}
