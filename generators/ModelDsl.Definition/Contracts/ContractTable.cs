namespace ModelDsl.Definition;

/// <summary>
/// Contracts: what each model of a compilation promises to those that nest it, and which models nest themselves.
/// </summary>
public sealed class ContractTable
{
    private readonly Dictionary<string, ModelDeclaration> _declarations;
    private readonly Dictionary<string, ModelContract> _contracts = [];
    private readonly Stack<string> _open = new();
    private bool _hasCycles;

    private ContractTable(Dictionary<string, ModelDeclaration> declarations, bool hasCycles)
    {
        _declarations = declarations;
        _hasCycles = hasCycles;
    }

    /// <summary>The contracts of all declarations by name: no order of files and models changes them.</summary>
    public static EquatableArray<ModelContract> Build(
        IEnumerable<ModelDeclaration> declarations,
        CancellationToken cancellationToken)
    {
        var named = new Dictionary<string, ModelDeclaration>();
        foreach (var declaration in declarations)
        {
            // Of a class and a record of one name, which the compiler refuses, the class is nested.
            if (declaration.Kind == "class" || !named.ContainsKey(declaration.MetadataName))
                named[declaration.MetadataName] = declaration;
        }
        var table = new ContractTable(named, hasCycles: false);
        table.FindAll(cancellationToken);
        if (table._hasCycles)
        {
            table = new ContractTable(named, hasCycles: true);
            table.FindAll(cancellationToken);
        }
        return table._contracts.OrderBy(contract => contract.Key, StringComparer.Ordinal)
            .Select(contract => contract.Value)
            .ToEquatableArray();
    }

    private void FindAll(CancellationToken cancellationToken)
    {
        foreach (var name in _declarations.Keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Find(name);
        }
    }

    /// <summary>
    /// The contract of a model. To those that it nests itself it promises nothing, with whichever of them one starts.
    /// </summary>
    private ModelContract? Find(string name)
    {
        if (_open.Contains(name) || (_hasCycles && _open.Count > 0 && Nests(name, _open.Peek())))
        {
            _hasCycles = true;
            return null;
        }
        if (_contracts.TryGetValue(name, out var known))
            return known;
        if (!_declarations.TryGetValue(name, out var declaration))
            return null;
        _open.Push(name);
        var contract = KnownInferences.Infer(declaration, Find).Contract;
        _open.Pop();
        return _contracts[name] = contract;
    }

    private bool Nests(string outer, string inner)
    {
        var found = new HashSet<string>([outer]);
        var next = new Stack<string>(found);
        while (next.Count > 0)
        {
            if (!_declarations.TryGetValue(next.Pop(), out var declaration))
                continue;
            foreach (var block in BlocksOfModel.Of(declaration).Blocks.Where(found.Add))
                next.Push(block);
        }
        return outer != inner && found.Contains(inner);
    }
}
