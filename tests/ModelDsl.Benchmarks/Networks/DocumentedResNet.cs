using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Benchmarks.Networks;

/// <summary>
/// The CIFAR ResNet by hand: fields, RegisterComponents, plain operations; the caller's scope frees the intermediates.
/// </summary>
internal sealed class DocumentedResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d norm;
    private readonly ModuleList<Module<Tensor, Tensor>> blocks = ModuleList<Module<Tensor, Tensor>>();
    private readonly Linear linear;

    public DocumentedResNet(int depth, int width, int classes)
        : base(nameof(DocumentedResNet))
    {
        conv = Conv2d(3, width, 3, padding: 1, bias: false);
        norm = BatchNorm2d(width);
        foreach (var (inChannels, channels, stride) in ResidualStages.Blocks(depth, width))
            blocks.Add(new DocumentedBasicBlock(inChannels, channels, stride));
        linear = Linear(4 * width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = functional.relu(norm.call(conv.call(input)));
        foreach (var block in blocks)
            x = block.call(x);
        x = functional.adaptive_avg_pool2d(x, 1).flatten(1);
        return linear.call(x);
    }
}
