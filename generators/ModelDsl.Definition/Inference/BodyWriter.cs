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
    private readonly string _input;
    private string _current;

    /// <summary>Whether what flows may be changed in place: it is the stage's own, and no backward pass reads it.</summary>
    private bool _isOwn;

    private BodyWriter(string input) => _input = _current = input;

    public static EquatableArray<Statement> Write(string input, IReadOnlyList<Operation> operations)
    {
        var writer = new BodyWriter(input);
        for (var position = 0; position < operations.Count; position++)
            writer.Write(operations[position], isLast: position == operations.Count - 1);
        if (operations.Count == 0)
            writer._statements.Add(new(StatementKind.Return, "", $"{input}.alias()"));
        return writer._statements.ToImmutable();
    }

    private void Write(Operation operation, bool isLast)
    {
        if (operation.SideExpression is not null)
            _statements.Add(new(StatementKind.Assign, operation.SideLocal!, operation.SideExpression));
        var inPlace = _isOwn ? operation.InPlace : null;
        var expression = string.Format(CultureInfo.InvariantCulture, inPlace ?? operation.Expression, _current);
        var comment = operation.Shape?.ToString() ?? "";
        if (isLast)
            // The local that was changed in place is disposed on return; an alias outlives it.
            _statements.Add(new(StatementKind.Return, "", inPlace is null ? expression : $"{expression}.alias()", comment));
        else if (inPlace is not null)
            _statements.Add(new(StatementKind.InPlace, "", expression));
        else
            Assign(operation, expression, comment);
        _isOwn = !operation.BackwardNeedsOutput && (inPlace is not null || !operation.OutputMayAliasInput || _isOwn);
    }

    private void Assign(Operation operation, string expression, string comment)
    {
        _statements.Add(new(StatementKind.Assign, operation.Local, expression, comment));
        if (_current != _input)
            _statements.Add(new(StatementKind.Dispose, "", _current));
        _current = operation.Local;
    }
}
