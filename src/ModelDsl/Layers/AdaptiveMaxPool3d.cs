using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// The maximum of windows that divide a volume into a given number of positions: <c>[N, C, D, H, W]</c> to
/// <c>[N, C, d, h, w]</c>. TorchSharp's own throws: it calls the function for one axis.
/// </summary>
/// <remarks>
/// The windows of each axis don't depend on the other axes, so the maximum over H and W and then over D is that of the box.
/// </remarks>
public sealed class AdaptiveMaxPool3d : nn.Module<Tensor, Tensor>
{
    private readonly long _depth;
    private readonly long _height;
    private readonly long _width;

    /// <param name="outputSize">d, h and w.</param>
    /// <exception cref="ArgumentException">There are not three of them, or one isn't positive.</exception>
    public AdaptiveMaxPool3d(params long[] outputSize)
        : base(nameof(AdaptiveMaxPool3d))
    {
        if (outputSize is not [> 0, > 0, > 0])
            throw new ArgumentException($"AdaptiveMaxPool3d takes 3 positive sizes, found [{string.Join(", ", outputSize)}].");
        (_depth, _height, _width) = (outputSize[0], outputSize[1], outputSize[2]);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var shape = input.shape;
        using var slices = input.reshape(shape[0], shape[1] * shape[2], shape[3], shape[4]);
        using var flat = F.adaptive_max_pool2d(slices, [_height, _width]);
        using var columns = flat.view(shape[0], shape[1], shape[2], _height * _width);
        using var pooled = F.adaptive_max_pool2d(columns, [_depth, _height * _width]);
        return pooled.view(shape[0], shape[1], _depth, _height, _width);
    }
}
