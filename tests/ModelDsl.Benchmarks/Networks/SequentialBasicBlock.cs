using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>
/// The basic block as in TorchSharp's ResNet example: the branch is an <c>nn.Sequential</c>, the sum is taken in place.
/// </summary>
internal sealed class SequentialBasicBlock : Module<Tensor, Tensor>
{
    private readonly Sequential branch;
    private readonly Sequential? shortcut;

    public SequentialBasicBlock(long inChannels, long channels, long stride)
        : base(nameof(SequentialBasicBlock))
    {
        branch = Sequential(
            Conv2d(inChannels, channels, 3, stride: stride, padding: 1, bias: false),
            BatchNorm2d(channels),
            ReLU(inplace: true),
            Conv2d(channels, channels, 3, padding: 1, bias: false),
            BatchNorm2d(channels));
        if (stride != 1 || inChannels != channels)
            shortcut = Sequential(Conv2d(inChannels, channels, 1, stride: stride, bias: false), BatchNorm2d(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var sum = branch.call(input);
        if (shortcut is null)
            return sum.add_(input).relu_();
        using var projected = shortcut.call(input);
        return sum.add_(projected).relu_();
    }
}
