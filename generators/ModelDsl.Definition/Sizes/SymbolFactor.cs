namespace ModelDsl.Definition;

/// <summary>A constructor parameter, a free axis, or <c>index</c> and <c>count</c> of a repeat.</summary>
public sealed record SymbolFactor(string Name) : Factor
{
    public override IEnumerable<string> Symbols() => [Name];

    public override Size? Substitute(Func<string, Size?> replacement) => replacement(Name);

    public override string ToString() => Name;
}
