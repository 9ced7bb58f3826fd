namespace ModelDsl.Definition;

/// <summary>What linking asks of the other models of a compilation.</summary>
public sealed record ContractsOfCompilation(EquatableArray<ModelContract> Contracts, EquatableArray<BlocksOfModel> Blocks)
{
    /// <summary>What all declarations that may nest each other promise.</summary>
    public static ContractsOfCompilation Of(
        IReadOnlyCollection<ModelDeclaration> declarations,
        CancellationToken cancellationToken) =>
        new(
            ContractTable.Build(declarations, cancellationToken),
            declarations.Select(BlocksOfModel.Of)
                .OrderBy(model => model.MetadataName, StringComparer.Ordinal)
                .ThenByDescending(model => model.FileName, StringComparer.Ordinal)
                .ToEquatableArray());

    /// <summary>Gives a declaration the contracts that it names, and the shortest way by which it nests itself.</summary>
    public LinkedModel Link(ModelDeclaration declaration) => ContractIndex.Of(this).Link(declaration);
}
