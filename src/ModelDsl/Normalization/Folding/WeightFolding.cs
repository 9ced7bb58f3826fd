using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Multiplies what a map of channels does into the weight layer before it.</summary>
internal static class WeightFolding
{
    /// <summary>Whether a layer has a weight that can absorb a map of its output channels.</summary>
    public static bool IsHost(nn.Module? module) => module is Linear or Convolution or ParametrizedWeightLayer;

    /// <summary>The weight of such a layer.</summary>
    public static Parameter WeightOf(nn.Module host) => host is ParametrizedWeightLayer own
        ? own.weight
        : WeightOperation.Parameters((nn.Module<Tensor, Tensor>)host).Weight;

    /// <summary>The number of output channels of such a layer.</summary>
    public static long OutputsOf(nn.Module host) => host is ParametrizedWeightLayer own
        ? own.Outputs
        : WeightOperation.Of((nn.Module<Tensor, Tensor>)host).Outputs(WeightOf(host));

    /// <summary>weight = weight * scale, bias = bias * scale + offset; a bias is added where there was none.</summary>
    public static void Absorb(nn.Module host, ChannelMap map)
    {
        using var noGradients = no_grad();
        switch (host)
        {
            case ParametrizedWeightLayer own:
                own.Absorb(map);
                break;
            case Linear linear:
                Scale(WeightOperation.Of(linear), linear.weight, map);
                linear.bias = Shifted(linear.bias, linear.weight, map);
                break;
            case Convolution convolution:
                Scale(WeightOperation.Of(convolution), convolution.weight, map);
                convolution.bias = Shifted(convolution.bias, convolution.weight, map);
                break;
        }
    }

    /// <summary>weight = weight * scale for each filter, in place.</summary>
    public static void Scale(WeightOperation operation, Parameter weight, ChannelMap map)
    {
        using var scope = NewDisposeScope();
        var filters = operation.Filters(weight.detach().contiguous());
        var scale = map.Scale.view(filters.size(0), 1, filters.size(2), 1);
        weight.copy_((filters.to(float64) * scale).reshape(weight.shape));
    }

    /// <summary>A parameter with bias * scale + offset, of the weight's type.</summary>
    public static Parameter Shifted(Parameter? bias, Parameter weight, ChannelMap map)
    {
        using var scope = NewDisposeScope();
        var shifted = bias is null ? map.Offset : (bias.detach().to(float64) * map.Scale) + map.Offset;
        // A copy also where the type is the map's: the map is freed.
        var values = shifted.to(weight.dtype, copy: true);
        return (Parameter)nn.Parameter(values, (bias ?? weight).requires_grad).DetachFromDisposeScope();
    }
}
