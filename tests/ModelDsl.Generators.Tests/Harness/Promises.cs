using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Harness;

/// <summary>What of a contract is promised: all but where a layer was declared and why its normalization was chosen.</summary>
internal static class Promises
{
    /// <summary>Demands that a contract's text reads back as the contract.</summary>
    public static void ShouldReadBack(ModelContract contract)
    {
        var text = ModelContractText.Write(contract);
        var read = ModelContractReader.Read(text, contract.MetadataName, contract.Name, contract.Parameters, contract.Contexts);
        Assert.True(Of(contract).Equals(read), $"{Of(contract)}\n{read}\n{text}");
        Assert.Equal(text, ModelContractText.Write(read!));
    }

    public static ModelContract Of(ModelContract contract) => contract with { Path = Of(contract.Path) };

    private static EquatableArray<PathStep> Of(EquatableArray<PathStep> path) => path.Select(Of).ToEquatableArray();

    private static PathStep Of(PathStep step) => step with
    {
        Layer = null,
        Normalization = step.Normalization is null ? null : Of(step.Normalization),
        Inner = Of(step.Inner),
    };

    private static NormalizationChoice Of(NormalizationChoice choice) => choice with { Reason = null };
}
