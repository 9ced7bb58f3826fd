using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Layers that can't be replaced: in a field of their own type, and behind a closure.</summary>
internal sealed class Stubborn : nn.Module<Tensor, Tensor>
{
    private readonly BatchNorm2d typed = nn.BatchNorm2d(8);
    private readonly Func<Tensor, Tensor> _hidden;

    public Stubborn()
        : base(nameof(Stubborn))
    {
        var closed = nn.BatchNorm2d(8);
        _hidden = closed.call;
        register_module("closed", closed);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var first = typed.call(input);
        return _hidden(first);
    }
}
