using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>A block as people write it, with its layers in fields that can hold others.</summary>
internal sealed class Fields : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly nn.Module<Tensor, Tensor> norm1;
    private readonly Conv2d conv2;

    public Fields(long channels = 8)
        : base(nameof(Fields))
    {
        conv1 = nn.Conv2d(3, channels, 3, padding: 1, bias: false);
        norm1 = nn.BatchNorm2d(channels);
        conv2 = nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        Norm2 = nn.BatchNorm2d(channels);
        norms = [nn.BatchNorm2d(channels), nn.InstanceNorm2d(channels)];
        named = new() { ["last"] = nn.BatchNorm2d(channels) };
        register_module("inList0", norms[0]);
        register_module("inList1", norms[1]);
        register_module("inNamed", named["last"]);
        RegisterComponents();
    }

    private readonly List<nn.Module<Tensor, Tensor>> norms;
    private readonly Dictionary<string, nn.Module> named;

    public nn.Module<Tensor, Tensor> Norm2 { get; }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var first = norm1.call(conv1.call(input)).relu();
        var second = Norm2.call(conv2.call(first));
        foreach (var norm in norms)
            second = norm.call(second);
        return ((nn.Module<Tensor, Tensor>)named["last"]).call(second).MoveToOuterDisposeScope();
    }
}
