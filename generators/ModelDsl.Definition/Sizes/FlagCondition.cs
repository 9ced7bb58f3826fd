namespace ModelDsl.Definition;

/// <summary>A boolean constructor parameter.</summary>
public sealed record FlagCondition(string Name) : Condition
{
    public override bool? Truth() => null;

    public override IEnumerable<string> Symbols() => [Name];

    /// <summary>A flag is substituted by a constant size: 0 is false.</summary>
    public override Condition? Substitute(Func<string, Size?> replacement) => replacement(Name) switch
    {
        { Value: { } value } => new ComparisonCondition("!=", Size.Constant(value), Size.Zero),
        { Terms: { Count: 1 } terms }
            when terms[0] is { Coefficient: 1, Factors: { Count: 1 } factors }
                && factors[0] is SymbolFactor symbol =>
            new FlagCondition(symbol.Name),
        _ => null,
    };

    public override string ToString() => Name;
}
