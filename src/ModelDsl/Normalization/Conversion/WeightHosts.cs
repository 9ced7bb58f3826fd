using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Weight layers that take a normalization over.</summary>
internal static class WeightHosts
{
    /// <summary>Whether a layer is one of TorchSharp's with the channels that were normalized behind it.</summary>
    public static bool CanHost(nn.Module? layer, SourceLayer source) =>
        layer is Linear or Convolution && WeightFolding.OutputsOf(layer) == source.Site.Channels;

    /// <summary>The type that <see cref="Wrap"/> gives.</summary>
    public static Type TypeOf(Normalization choice) => choice.Variant switch
    {
        NormalizationVariant.Weight => typeof(WeightNormLayer),
        NormalizationVariant.ScaledWeightStandardization => typeof(ScaledWeightStandardizationLayer),
        _ => typeof(WeightCenteringLayer),
    };

    /// <summary>The layer that normalizes the weight of another, with a bias.</summary>
    public static nn.Module<Tensor, Tensor> Wrap(Normalization choice, nn.Module<Tensor, Tensor> host, Activation? activation)
    {
        EnsureBias(host);
        return WeightLayers.Open(choice, host, activation);
    }

    /// <summary>Adds a bias of zeros where a layer has none: the normalization had one.</summary>
    public static void EnsureBias(nn.Module host)
    {
        var weight = WeightFolding.WeightOf(host);
        switch (host)
        {
            case Linear { bias: null } linear:
                linear.bias = Zeros();
                break;
            case Convolution { bias: null } convolution:
                convolution.bias = Zeros();
                break;
        }

        Parameter Zeros() =>
            (Parameter)nn.Parameter(zeros(WeightFolding.OutputsOf(host), weight.dtype, weight.device)).DetachFromDisposeScope();
    }
}
