using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>A convolution and its norm in fields, where only <c>forward</c> knows their order.</summary>
internal sealed class BatchNormFields : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv = nn.Conv2d(3, 6, 3);
    private readonly BatchNorm2d norm = nn.BatchNorm2d(6);

    public BatchNormFields()
        : base(nameof(BatchNormFields)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        using var convolved = conv.call(input);
        return norm.call(convolved);
    }
}
