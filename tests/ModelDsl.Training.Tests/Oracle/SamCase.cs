namespace ModelDsl.Training.Tests.Oracle;

/// <summary>Three steps of one variant on <c>ConvolutionalNetwork</c>, as public reference code took them.</summary>
internal sealed record SamCase(
    string Name, string Variant, string Norm, double Rho, SamCase.Sgd Optimizer,
    Dictionary<string, OracleTensor> InitialParameters, SamCase.Batch[] Batches, SamCase.Step[] Steps)
{
    public override string ToString() => Name;

    internal sealed record Sgd(double Lr, double Momentum, double WeightDecay);

    internal sealed record Batch(OracleTensor Input, long[] Target);

    /// <summary>Values after a step; <c>PerturbedParameters</c> are those in scope as the second pass saw them.</summary>
    internal sealed record Step(
        double Loss, double? PerturbedLoss, Dictionary<string, OracleTensor> PerturbedParameters,
        Dictionary<string, OracleTensor> Parameters, Dictionary<string, OracleTensor> Buffers);
}
