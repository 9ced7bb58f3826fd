namespace ModelDsl.Definition;

/// <summary>What linking asks of the other models of a compilation.</summary>
public sealed record ContractsOfCompilation(EquatableArray<ModelContract> Contracts, EquatableArray<BlocksOfModel> Blocks)
{
    /// <summary>Follows from the rest.</summary>
    private ContractIndex? _index;

    /// <summary>What all declarations that may nest each other promise.</summary>
    public static ContractsOfCompilation Of(
        IReadOnlyCollection<ModelDeclaration> declarations,
        CancellationToken cancellationToken) =>
        new(ContractTable.Build(declarations, cancellationToken), declarations.Select(BlocksOfModel.Of).ToEquatableArray());

    /// <summary>Gives a declaration the contracts that it names, and the shortest way by which it nests itself.</summary>
    public LinkedModel Link(ModelDeclaration declaration) => (_index ??= new(Contracts, Blocks)).Link(declaration);

    public bool Equals(ContractsOfCompilation? other) =>
        other is not null && Contracts.Equals(other.Contracts) && Blocks.Equals(other.Blocks);

    public override int GetHashCode() => unchecked(Contracts.GetHashCode() * 31 + Blocks.GetHashCode());
}
