namespace ModelDsl.Definition;

/// <summary>The opposite of a condition.</summary>
public sealed record NegatedCondition(Condition Operand) : Condition
{
    public override bool? Truth() => !Operand.Truth();

    public override IEnumerable<string> Symbols() => Operand.Symbols();

    public override Condition? Substitute(Func<string, Size?> replacement) =>
        Operand.Substitute(replacement) is { } operand ? new NegatedCondition(operand) : null;

    public override string ToString() => $"!({Operand})";
}
