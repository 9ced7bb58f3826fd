using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>The basic block by hand: fields, RegisterComponents, plain operations.</summary>
internal sealed class DocumentedBasicBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d norm1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d norm2;
    private readonly Sequential? shortcut;

    public DocumentedBasicBlock(long inChannels, long channels, long stride)
        : base(nameof(DocumentedBasicBlock))
    {
        conv1 = Conv2d(inChannels, channels, 3, stride: stride, padding: 1, bias: false);
        norm1 = BatchNorm2d(channels);
        conv2 = Conv2d(channels, channels, 3, padding: 1, bias: false);
        norm2 = BatchNorm2d(channels);
        if (stride != 1 || inChannels != channels)
            shortcut = Sequential(Conv2d(inChannels, channels, 1, stride: stride, bias: false), BatchNorm2d(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = functional.relu(norm1.call(conv1.call(input)));
        x = norm2.call(conv2.call(x));
        return functional.relu(x + (shortcut is null ? input : shortcut.call(input)));
    }
}
