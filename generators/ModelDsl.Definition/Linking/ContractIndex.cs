using System.Runtime.CompilerServices;

namespace ModelDsl.Definition;

/// <summary>The contracts and blocks of a compilation by name, so that linking a model costs what it nests and no more.</summary>
internal sealed class ContractIndex
{
    private static readonly ConditionalWeakTable<ContractsOfCompilation, ContractIndex> Known = new();

    private readonly Dictionary<string, ModelContract> _contracts;
    private readonly Dictionary<string, BlocksOfModel> _blocks = [];
    private readonly Dictionary<(string MetadataName, string FileName), int> _namesakes = [];

    private ContractIndex(EquatableArray<ModelContract> contracts, EquatableArray<BlocksOfModel> models)
    {
        _contracts = contracts.ToDictionary(contract => contract.MetadataName);
        var files = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var model in models)
        {
            // Of a class and a record of one name the class comes last, and is nested.
            _blocks[model.MetadataName] = model;
            files.TryGetValue(model.FileName, out var before);
            _namesakes[(model.MetadataName, model.FileName)] = before;
            files[model.FileName] = before + 1;
        }
    }

    /// <summary>The index of some contracts, made once, and no part of what compares by value.</summary>
    public static ContractIndex Of(ContractsOfCompilation contracts) =>
        Known.GetValue(contracts, static key => new(key.Contracts, key.Blocks));

    public LinkedModel Link(ModelDeclaration declaration) => new(
        declaration,
        BlocksOf(declaration.MetadataName)
            .Where(_contracts.ContainsKey)
            .Select(block => _contracts[block])
            .ToEquatableArray(),
        FindCycle(declaration.MetadataName).ToEquatableArray())
    {
        Namesakes = _namesakes[(declaration.MetadataName, BlocksOfModel.Of(declaration).FileName)],
    };

    private EquatableArray<string> BlocksOf(string model) => _blocks.TryGetValue(model, out var found) ? found.Blocks : default;

    private IReadOnlyCollection<string> FindCycle(string start)
    {
        if (BlocksOf(start).Count == 0)
            return [];
        var cameFrom = new Dictionary<string, string>();
        var queue = new Queue<string>([start]);
        while (queue.Count > 0)
        {
            var current = queue.Dequeue();
            foreach (var next in BlocksOf(current))
            {
                if (next == start)
                    return Path(start, current, cameFrom);
                if (cameFrom.ContainsKey(next))
                    continue;
                cameFrom[next] = current;
                queue.Enqueue(next);
            }
        }
        return [];
    }

    private static Stack<string> Path(string start, string last, Dictionary<string, string> cameFrom)
    {
        var path = new Stack<string>([start]);
        for (var current = last; current != start; current = cameFrom[current])
            path.Push(current);
        path.Push(start);
        return path;
    }
}
