using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Training.Tests.Sharpness;

/// <summary>The network of the SAM vectors, in float64: conv, norm, relu, twice; the mean over positions; a classifier.</summary>
internal sealed class ConvolutionalNetwork : Module<Tensor, Tensor>, IModel
{
    private readonly Conv2d conv1 = Conv2d(2, 6, 3, padding: 1, bias: false);
    private readonly Module<Tensor, Tensor> norm1;
    private readonly Conv2d conv2 = Conv2d(6, 4, 3, padding: 1, bias: false);
    private readonly Module<Tensor, Tensor> norm2;
    private readonly Linear fc = Linear(4, 3);

    /// <param name="normalization">Makes a normalization layer for a number of channels.</param>
    public ConvolutionalNetwork(Func<long, Module<Tensor, Tensor>> normalization) : base(nameof(ConvolutionalNetwork))
    {
        norm1 = normalization(6);
        norm2 = normalization(4);
        RegisterComponents();
        this.to(float64);
        Fill();
    }

    public static ConvolutionalNetwork WithBatchNorm() => new(channels => BatchNorm2d(channels));

    public override Tensor forward(Tensor input)
    {
        var x = functional.relu(norm1.call(conv1.call(input)));
        x = functional.relu(norm2.call(conv2.call(x)));
        return fc.call(x.mean([2, 3]));
    }

    public IReadOnlyList<NormalizationParameter> NormalizationParameters() =>
    [
        .. named_parameters().Where(named => named.name.StartsWith("norm", StringComparison.Ordinal)).Select(named =>
            new NormalizationParameter(named.name, named.parameter, named.name[..5], NormalizationVariant.Batch)),
    ];

    public ModelSummary Summary(params long[] inputShape) => throw new NotSupportedException();

    public IReadOnlyList<StageDescription> DescribeStages() => [];

    public IReadOnlyList<ITrackedNormalization> TrackedNormalizations() => [];

    /// <summary>A mini-batch of five images and the closure that trains on it.</summary>
    public Func<Tensor> Closure() => () =>
    {
        var images = arange(5 * 2 * 4 * 4, float64).mul(0.7).sin().reshape(5, 2, 4, 4);
        var loss = functional.cross_entropy(call(images), tensor(new long[] { 0, 1, 2, 1, 0 }));
        loss.backward();
        return loss;
    };

    /// <summary>Values of a formula: no random state, and GroupNorm's own are uninitialised in TorchSharp.</summary>
    private void Fill()
    {
        using var _ = no_grad();
        foreach (var (index, parameter) in parameters().Index())
        {
            var wave = arange(parameter.numel(), float64).add(index).mul(1.3).sin().reshape(parameter.shape);
            parameter.copy_(wave.mul(0.5).add(0.1));
        }
    }
}
