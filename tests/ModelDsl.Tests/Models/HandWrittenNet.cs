using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>The network of the declared variants as a person writes it, from <c>torch.nn</c> only, nothing in place.</summary>
internal sealed class HandWrittenNet : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d body_conv, residual_conv;
    private readonly nn.Module<Tensor, Tensor> body_norm, residual_norm;
    private readonly Linear head_linear;

    public HandWrittenNet(NormalizationVariant variant)
        : base("HandWrittenNet")
    {
        var hasBias = variant is NormalizationVariant.Layer or NormalizationVariant.Group;
        body_conv = nn.Conv2d(3, 8, 3, padding: 1, bias: hasBias);
        body_norm = Norm(variant);
        residual_conv = nn.Conv2d(8, 8, 3, padding: 1, bias: hasBias);
        residual_norm = Norm(variant);
        head_linear = nn.Linear(8, 5);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var body = body_norm.call(body_conv.call(input)).relu();
        var residual = residual_norm.call(residual_conv.call(body)).add(body).relu();
        return head_linear.call(residual.mean([2, 3]));
    }

    private static nn.Module<Tensor, Tensor> Norm(NormalizationVariant variant) => variant switch
    {
        NormalizationVariant.Batch => nn.BatchNorm2d(8),
        NormalizationVariant.Layer => nn.GroupNorm(1, 8),
        NormalizationVariant.Group => nn.GroupNorm(2, 8),
        _ => nn.InstanceNorm2d(8, affine: true),
    };
}
