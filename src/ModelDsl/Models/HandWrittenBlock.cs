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
        return Call(input, block.call);
    }

    /// <summary>As <see cref="Call(nn.Module{Tensor, Tensor}, Tensor)"/>, for a block that takes more than what flows.</summary>
    /// <param name="input">What flows.</param>
    /// <param name="call">Runs the block: <c>x => _block.call(x, mask)</c>.</param>
    public static Tensor Call(Tensor input, Func<Tensor, Tensor> call)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(call);
        var output = call(input);
        return ReferenceEquals(output, input) ? input.alias() : output;
    }
}
