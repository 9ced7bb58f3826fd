namespace ModelDsl.Definition;

/// <summary>An element of an integer array parameter.</summary>
public sealed record ElementFactor(string Array, Size Index) : Factor
{
    public override IEnumerable<string> Symbols() => [Array, .. Index.Symbols()];

    /// <summary>An array parameter of a nested block can't be expressed in the caller's terms.</summary>
    public override Size? Substitute(Func<string, Size?> replacement) =>
        replacement(Array) is { Terms: { Count: 1 } terms }
        && terms[0] is { Coefficient: 1, Factors: { Count: 1 } factors }
        && factors[0] is SymbolFactor array
        && Index.Substitute(replacement) is { } index
            ? Size.Of(new ElementFactor(array.Name, index))
            : null;

    public override string ToString() => $"{Array}[{Index}]";
}
