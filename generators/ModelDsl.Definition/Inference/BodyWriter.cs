using System.Collections.Immutable;
using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// Turns operations into statements: names of locals, in-place forms where they are safe, and disposal at the last use.
/// Locals are <c>using</c>, so that an exception frees them too; disposing twice does no harm.
/// </summary>
internal sealed class BodyWriter
{
    private readonly ImmutableArray<Statement>.Builder _statements = ImmutableArray.CreateBuilder<Statement>();
    private readonly Dictionary<string, Held> _labels = [];
    private readonly IReadOnlyList<Operation> _operations;
    private readonly string _input;
    private readonly InputUse _use;

    /// <summary>The local of the input where the caller gave it up; null where the body leaves it to the caller.</summary>
    private readonly string? _given;

    private string _current;

    /// <summary>Whether what flows may be changed in place: it is the stage's own, and no backward pass reads it.</summary>
    private bool _isOwn;

    /// <summary>Numbers the memory that what flows lies in.</summary>
    private int _memory;

    private BodyWriter(string input, string given, IReadOnlyList<Operation> operations)
    {
        (_input, _current, _operations) = (input, input, operations);
        _use = new(operations);
        _given = _use.IsFreed ? given : null;
        _labels[Operation.StageInput] = new(input, _memory, LastRead(Operation.StageInput));
    }

    /// <param name="input">The tensor that enters.</param>
    /// <param name="given">A free name for it where the caller gave it up.</param>
    /// <param name="operations">What the body does.</param>
    public static EquatableArray<Statement> Write(string input, string given, IReadOnlyList<Operation> operations)
    {
        var last = operations.Count;
        while (last > 0 && operations[last - 1].Label is not null)
            last--;
        var writer = new BodyWriter(input, given, operations);
        if (writer._given is not null)
            writer._statements.Add(new(StatementKind.Assign, given, $"TakeOver({input})"));
        for (var position = 0; position < last; position++)
            writer.Write(position, isLast: position == last - 1);
        if (last == 0)
            writer._statements.Add(new(StatementKind.Return, "", $"{input}.alias()"));
        return writer._statements.ToImmutable();
    }

    private void Write(int position, bool isLast)
    {
        var operation = _operations[position];
        if (operation.Label is { } label)
        {
            _labels[label] = new(_current, _memory, LastRead(label));
            return;
        }
        foreach (var side in operation.Sides)
            _statements.Add(new(StatementKind.Assign, side.Local, Format(side.Expression, operation, _current)));
        var inPlace = _isOwn && !_labels.Values.Any(held => held.Memory == _memory && held.LastRead >= position)
            ? operation.InPlace
            : null;
        var expression = Format(inPlace ?? operation.Expression, operation, Flowing(operation, position));
        var comment = operation.Shape?.ToString() ?? "";
        if (isLast)
            // The local that was changed in place is disposed on return; an alias outlives it.
            _statements.Add(new(StatementKind.Return, "", inPlace is null ? expression : $"{expression}.alias()", comment));
        else if (inPlace is not null)
            _statements.Add(new(StatementKind.InPlace, "", expression));
        else
            Assign(operation, expression, comment, position);
        _isOwn = !operation.BackwardNeedsOutput && (inPlace is not null || !operation.OutputMayAliasInput || _isOwn);
        if (inPlace is null && !operation.OutputMayAliasInput)
            _memory++;
        if (!isLast)
            Free(operation, position);
    }

    /// <summary>What flows, given up where the operation can take it and nothing needs it afterwards.</summary>
    private string Flowing(Operation operation, int position)
    {
        if (operation.Taker is not { } taker || IsHeld(_current, position))
            return _current;
        var receiver = taker.Field is { } field ? $", {field}" : "";
        if (_current != _input)
            return $"GiveUp({_current}{receiver})";
        // What was given to the model is its stages' as well.
        return _use.IsPassedOn ? taker.Field is null ? _input : $"PassOn({_input}{receiver})"
            : _given is not null && position == _use.LastUse ? $"GiveUp({_given}{receiver}) ?? {_input}"
            : _input;
    }

    private string Format(string expression, Operation operation, string flowing) => string.Format(
        CultureInfo.InvariantCulture,
        expression,
        [flowing, .. operation.Reads.Select(label => _labels.TryGetValue(label, out var held) ? held.Local : label)]);

    private void Assign(Operation operation, string expression, string comment, int position)
    {
        _statements.Add(new(StatementKind.Assign, operation.Local, expression, comment));
        if (_current != _input && !IsHeld(_current, position) && operation.Taker is not { IsCertain: true })
            Dispose(_current);
        _current = operation.Local;
    }

    /// <summary>Frees what only this operation still needed.</summary>
    private void Free(Operation operation, int position)
    {
        foreach (var held in _labels.Values.Where(held => held.LastRead == position).Distinct().ToList())
        {
            var isNeeded = held.Local == _current || held.Local == _input
                || _labels.Values.Any(other => other.Local == held.Local && other.LastRead > position);
            if (!isNeeded)
                Dispose(held.Local);
        }
        if (position == _use.LastUse && _given is not null)
            Dispose($"{_given}?");
        foreach (var side in operation.Sides)
            Dispose(side.IsOptional ? $"{side.Local}?" : side.Local);
    }

    /// <summary>Whether this operation or a later one reads the local by a name.</summary>
    private bool IsHeld(string local, int position) =>
        _labels.Values.Any(held => held.Local == local && held.LastRead >= position);

    private void Dispose(string local) => _statements.Add(new(StatementKind.Dispose, "", local));

    private int LastRead(string label)
    {
        for (var position = _operations.Count - 1; position >= 0; position--)
        {
            if (_operations[position].Reads.Contains(label))
                return position;
        }
        return -1;
    }

    /// <summary>What a label stands for.</summary>
    /// <param name="Local">The local.</param>
    /// <param name="Memory">The memory that it lies in.</param>
    /// <param name="LastRead">The last operation that reads it, or -1.</param>
    private sealed record Held(string Local, int Memory, int LastRead);
}
