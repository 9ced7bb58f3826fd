namespace ModelDsl.Definition;

/// <summary>
/// Contracts: what each model of a compilation promises to those that nest it, and which models nest themselves.
/// </summary>
public sealed class ContractTable
{
    private readonly Dictionary<string, ModelDeclaration> _declarations;
    private readonly Dictionary<string, ModelContract> _contracts = [];
    private readonly Stack<string> _open = new();

    private ContractTable(IEnumerable<ModelDeclaration> declarations)
    {
        _declarations = [];
        foreach (var declaration in declarations)
            _declarations[declaration.MetadataName] = declaration;
    }

    /// <summary>The contracts of all declarations, in their order.</summary>
    public static EquatableArray<ModelContract> Build(
        IEnumerable<ModelDeclaration> declarations,
        CancellationToken cancellationToken)
    {
        var table = new ContractTable(declarations);
        foreach (var name in table._declarations.Keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            table.Find(name);
        }
        return table._contracts.Values.ToEquatableArray();
    }

    /// <summary>The contract of a model; nothing is promised while a model is being asked for itself.</summary>
    private ModelContract? Find(string name)
    {
        if (_contracts.TryGetValue(name, out var known))
            return known;
        if (!_declarations.TryGetValue(name, out var declaration) || _open.Contains(name))
            return null;
        _open.Push(name);
        var contract = KnownInferences.Infer(declaration, Find).Contract;
        _open.Pop();
        return _contracts[name] = contract;
    }
}
