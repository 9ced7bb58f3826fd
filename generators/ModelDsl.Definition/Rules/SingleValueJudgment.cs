namespace ModelDsl.Definition;

/// <summary>
/// MDL407: a normalization whose statistics are of one value, whatever that is: a mean is the value itself, a variance 0.
/// </summary>
internal static class SingleValueJudgment
{
    public static IEnumerable<Finding> AtDefaults(ModelDefinition definition)
    {
        var defaults = Defaults.Of(definition.Declaration.Parameters);
        return definition.StatisticSizes.Select(size => Judge(size, defaults)).OfType<Finding>();
    }

    private static Finding? Judge(StatisticSize size, Defaults defaults)
    {
        Size? Value(string symbol) => defaults.Find(symbol) is { } value ? Size.Constant(value) : null;
        if (size.Values.Substitute(Value)?.Value is not 1)
            return null;
        var given = defaults.Of(size.Values.Symbols());
        string[] arguments =
        [
            size.Choice.Name, $"{size.Shape}", given.Length == 0 ? "" : $" ({given})", Outcome(size.Choice.Kind),
        ];
        return new(Rules.SingleValues, size.Anchor, arguments.ToEquatableArray());
    }

    private static string Outcome(NormalizationKind kind) => kind switch
    {
        NormalizationKind.FilterResponse or NormalizationKind.RMS => "only the sign of each value is left",
        NormalizationKind.Variance => "each value is divided by the root of epsilon while training",
        NormalizationKind.Batch => "nothing but the bias comes out while training",
        _ when kind.IsActivation() => "each value is divided by the root of epsilon",
        _ => "nothing but the bias comes out",
    };
}
