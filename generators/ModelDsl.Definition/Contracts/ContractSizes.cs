namespace ModelDsl.Definition;

/// <summary>
/// The sizes and conditions of a contract as C# over the model's parameters, its free axes and the <c>index</c> of its repeats.
/// What would not read back as the same is not written: it counts as unknown, of which nothing is claimed.
/// </summary>
internal sealed class ContractSizes(EquatableArray<ParameterDeclaration> parameters)
{
    private readonly SizeScope _scope = new(parameters, default) { HasFreeAxes = true };
    private readonly Dictionary<string, Size?> _sizes = [];

    /// <summary>The text of a size; null where it isn't known, or can't be written.</summary>
    public string? Write(Size? size) =>
        size?.ToArgument() is { } text && size.Equals(Read(text)) ? text : null;

    public string? Write(Condition? condition) =>
        condition?.Bare is { } text && condition.Equals(ReadCondition(text)) ? text : null;

    /// <summary>The size of a text; null where it is none.</summary>
    public Size? Read(string text) =>
        _sizes.TryGetValue(text, out var known) ? known : _sizes[text] = SizeParser.Parse(text, _scope, out _)?.Value;

    public Condition? ReadCondition(string text) => SizeParser.ParseCondition(text, _scope, out _)?.Condition;
}
