namespace ModelDsl.Definition;

/// <summary>Two conditions joined by <c>&amp;&amp;</c> or <c>||</c>.</summary>
public sealed record LogicalCondition(string Operator, Condition Left, Condition Right) : Condition
{
    public override string Bare => $"{Left} {Operator} {Right}";

    public override bool? Truth()
    {
        var decides = Operator == "||";
        var (left, right) = (Left.Truth(), Right.Truth());
        if (left == decides || right == decides)
            return decides;
        return left is null || right is null ? null : !decides;
    }

    public override IEnumerable<Condition> Conjuncts() =>
        Operator == "&&" ? Left.Conjuncts().Concat(Right.Conjuncts()) : [this];

    public override IEnumerable<string> Symbols() => Left.Symbols().Concat(Right.Symbols());

    public override Condition? Substitute(Func<string, Size?> replacement) =>
        Left.Substitute(replacement) is { } left && Right.Substitute(replacement) is { } right
            ? new LogicalCondition(Operator, left, right)
            : null;

    public override string ToString() => $"({Bare})";
}
