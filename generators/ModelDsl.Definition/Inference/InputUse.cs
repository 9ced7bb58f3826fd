namespace ModelDsl.Definition;

/// <summary>How long a body needs its input, and what it does where its caller gives that up.</summary>
internal sealed class InputUse
{
    private readonly IReadOnlyList<Operation> _operations;

    /// <param name="operations">What the body does.</param>
    public InputUse(IReadOnlyList<Operation> operations)
    {
        _operations = operations;
        var first = Next(0);
        var last = operations.Count - 1;
        while (last >= 0 && operations[last].Label is not null)
            last--;
        if (last < 0)
            return;
        LastUse = operations.Take(first).Select(named => LastRead(named.Label!))
            .Append(LastRead(Operation.StageInput))
            .Append(first)
            .Max();
        var needsMemory = Enumerable.Range(0, last + 1).Any(position => position > LastUseOfMemory(first) && Allocates(position));
        IsPassedOn = LastUse == first && operations[first].Taker is { } taker && (taker.IsCertain || !needsMemory);
        IsFreed = !IsPassedOn && needsMemory;
    }

    /// <summary>The last operation that takes the input; -1 where none does.</summary>
    public int LastUse { get; } = -1;

    /// <summary>Whether the first operation alone takes it, and is given it in turn, with nothing left to do.</summary>
    public bool IsPassedOn { get; }

    /// <summary>Whether the body frees it at its last use: memory is taken after that.</summary>
    public bool IsFreed { get; }

    /// <summary>The body as its caller sees it; null where it needs the input to its end.</summary>
    public Taker? Taker => IsFreed ? new(null, IsCertain: true)
        : IsPassedOn ? new(null, _operations[LastUse].Taker!.IsCertain)
        : null;

    /// <summary>The last operation that reads the name, or -1.</summary>
    private int LastRead(string label)
    {
        for (var position = _operations.Count - 1; position >= 0; position--)
        {
            if (_operations[position].Reads.Contains(label))
                return position;
        }
        return -1;
    }

    /// <summary>The first operation from there on that is more than a name.</summary>
    private int Next(int position)
    {
        while (position < _operations.Count && _operations[position].Label is not null)
            position++;
        return position;
    }

    /// <summary>Views of the input hold it as well.</summary>
    private int LastUseOfMemory(int position)
    {
        while (_operations[position].KeepsMemory && Next(position + 1) < _operations.Count)
            position = Next(position + 1);
        return Math.Max(position, LastUse);
    }

    /// <summary>
    /// Whether an operation may need memory for its result; one in place does only where something else holds its input.
    /// </summary>
    private bool Allocates(int position)
    {
        var operation = _operations[position];
        return operation.Label is null && !operation.KeepsMemory
            && (operation.InPlace is null
                || _operations[position - 1] is { Label: not null } or { BackwardNeedsOutput: true });
    }
}
