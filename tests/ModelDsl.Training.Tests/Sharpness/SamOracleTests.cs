using ModelDsl.Training.Tests.Oracle;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Training.Tests.Sharpness;

/// <summary>Perturbed points, losses, parameters and running statistics of public reference code, three steps each.</summary>
public sealed class SamOracleTests
{
    public static TheoryData<string> Names => [.. SamOracle.Cases.Select(known => known.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Three_steps_agree_with_the_reference_code(string name)
    {
        var known = SamOracle.Cases.Single(candidate => candidate.Name == name);
        using var network = Network(known);
        using var sgd = optim.SGD(
            network.parameters(), known.Optimizer.Lr, known.Optimizer.Momentum, weight_decay: known.Optimizer.WeightDecay);
        var minimizer = new SharpnessAwareMinimizer(network, sgd, known.Rho, Scope(known));

        foreach (var (batch, expected) in known.Batches.Zip(known.Steps))
            StepAgrees(network, minimizer, batch, expected);
    }

    private static void StepAgrees(
        ConvolutionalNetwork network, SharpnessAwareMinimizer minimizer, SamCase.Batch batch, SamCase.Step expected)
    {
        var images = batch.Input.ToTensor();
        var passes = 0;
        var step = minimizer.Step(() =>
        {
            if (++passes == 2) ParametersAgree(network, expected.PerturbedParameters);
            var loss = functional.cross_entropy(network.call(images), tensor(batch.Target));
            loss.backward();
            return loss;
        });

        Assert.Equal(expected.PerturbedLoss is null ? 1 : 2, passes);
        Assert.Equal(expected.Loss, step.Loss, 1e-9);
        Assert.Equal(expected.PerturbedLoss ?? expected.Loss, step.PerturbedLoss, 1e-9);
        ParametersAgree(network, expected.Parameters);
        var buffers = network.named_buffers().ToDictionary(named => named.name, named => named.buffer);
        foreach (var (name, value) in expected.Buffers) value.AssertEquals(buffers[name], name);
    }

    private static void ParametersAgree(ConvolutionalNetwork network, Dictionary<string, OracleTensor> expected)
    {
        var parameters = network.named_parameters().ToDictionary(named => named.name, named => named.parameter);
        foreach (var (name, value) in expected) value.AssertEquals(parameters[name], name);
    }

    private static ConvolutionalNetwork Network(SamCase known)
    {
        var network = known.Norm == "BatchNorm2d"
            ? ConvolutionalNetwork.WithBatchNorm()
            : new ConvolutionalNetwork(channels => GroupNorm(2, channels));
        using var _ = no_grad();
        foreach (var (name, parameter) in network.named_parameters()) parameter.copy_(known.InitialParameters[name].ToTensor());
        return network;
    }

    private static PerturbationScope Scope(SamCase known) => known.Variant switch
    {
        "SAM/only-norm" => PerturbationScope.NormalizationOnly,
        "SAM/no-norm" => PerturbationScope.AllButNormalization,
        _ => PerturbationScope.All,
    };
}
