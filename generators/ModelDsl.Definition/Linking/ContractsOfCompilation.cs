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
                .ToEquatableArray());

    /// <summary>Gives a declaration the contracts that it names, and the shortest way by which it nests itself.</summary>
    public LinkedModel Link(ModelDeclaration declaration)
    {
        var named = BlocksOf(declaration.MetadataName);
        var file = MetadataNames.ToFileName(declaration.MetadataName);
        return new(
            declaration,
            Contracts.Where(contract => named.Contains(contract.MetadataName)).ToEquatableArray(),
            FindCycle(declaration.MetadataName).ToEquatableArray())
        {
            Namesakes = Blocks.TakeWhile(model => model.MetadataName != declaration.MetadataName)
                .Count(model => string.Equals(model.FileName, file, StringComparison.OrdinalIgnoreCase)),
        };
    }

    private EquatableArray<string> BlocksOf(string model) =>
        Blocks.FirstOrDefault(candidate => candidate.MetadataName == model)?.Blocks ?? default;

    private IReadOnlyCollection<string> FindCycle(string start)
    {
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
