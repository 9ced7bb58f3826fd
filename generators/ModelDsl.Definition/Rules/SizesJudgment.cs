namespace ModelDsl.Definition;

/// <summary>
/// MDL207: sizes that the constructor's defaults make impossible, so that building the model without arguments throws.
/// </summary>
internal static class SizesJudgment
{
    public static IEnumerable<Finding> AtDefaults(ModelDefinition definition)
    {
        var defaults = Defaults.Of(definition.Declaration.Parameters);
        return definition.StatedSizes.Select(size => Judge(definition, size, defaults)).OfType<Finding>().Take(1);
    }

    private static Finding? Judge(ModelDefinition definition, StatedSize size, Defaults defaults)
    {
        Size? Value(string symbol) => defaults.Find(symbol) is { } value ? Size.Constant(value) : null;
        if (size.Value.Substitute(Value)?.Value is not { } value)
            return null;
        var remainder = size.Remainder?.Substitute(Value)?.Value ?? 0;
        var remedy = value < size.Minimum ? $"it must be at least {size.Minimum}"
            : remainder != 0 ? $"its division leaves {remainder}, and a remainder would be rounded away"
            : null;
        if (remedy is null)
            return null;
        var given = defaults.Of(size.Value.Symbols());
        string[] arguments = [size.Argument, size.Attribute, $"{value}", given, definition.Declaration.Name, remedy];
        return new(Rules.SizeAtDefaults, size.Anchor, arguments.ToEquatableArray());
    }
}
