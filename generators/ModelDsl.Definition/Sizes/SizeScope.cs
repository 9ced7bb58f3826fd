namespace ModelDsl.Definition;

/// <summary>The names that a size expression may use.</summary>
/// <param name="parameters">The constructor's parameters.</param>
/// <param name="properties">Expression-bodied properties; their expressions are inlined.</param>
/// <param name="repeat">How often the block repeats whose arguments are read: brings <c>index</c> and <c>count</c>.</param>
public sealed class SizeScope(
    EquatableArray<ParameterDeclaration> parameters,
    EquatableArray<SizePropertyDeclaration> properties,
    SizeExpression? repeat = null)
{
    private const int DeepestInlining = 32;

    private readonly HashSet<string> _inlining = [];
    private readonly Dictionary<string, SizeExpression?> _inlined = [];

    /// <summary>
    /// Whether a name whose first letter is upper case is a free axis, as in shapes, and <c>index</c> that of a repeat: in a
    /// contract, which speaks of what was inferred.
    /// </summary>
    public bool HasFreeAxes { get; init; }

    /// <summary>The names that a user may want, for messages.</summary>
    public IEnumerable<string> Names =>
        parameters.Where(parameter => parameter.Kind == ParameterKind.Integer).Select(parameter => parameter.Name)
            .Concat(properties.Select(property => property.Name))
            .Concat(repeat is null ? [] : [SizeNames.Index, SizeNames.Count]);

    /// <summary>What a name means; null where it doesn't bind.</summary>
    public SizeExpression? Resolve(string name)
    {
        if (repeat is not null && name == SizeNames.Index)
            return new(name, Size.Symbol(name));
        if (repeat is not null && name == SizeNames.Count)
            return repeat;
        if (Find(name) is { } parameter)
            return parameter.Kind == ParameterKind.Integer ? new(parameter.Code, Size.Symbol(parameter.Code)) : null;
        if (HasFreeAxes && (name == SizeNames.Index || ShapeParser.IsFreeName(name)))
            return new(name, Size.Symbol(name));
        return properties.FirstOrDefault(property => property.Name == name) is { } found ? Inline(found) : null;
    }

    /// <summary>Whether a name is one of the constructor's parameters, whatever it holds.</summary>
    public bool IsParameter(string name) => Find(name) is not null;

    /// <summary>Whether there is such a parameter or property, even if it is no size.</summary>
    public bool IsKnown(string name) => IsParameter(name) || properties.Any(property => property.Name == name);

    /// <summary>What a parameter holds; null where there is none of the name.</summary>
    public ParameterKind? KindOf(string name) => Find(name)?.Kind;

    public bool IsArray(string name) => Find(name)?.Kind == ParameterKind.IntegerArray;

    public bool IsFlag(string name) => Find(name)?.Kind == ParameterKind.Boolean;

    private ParameterDeclaration? Find(string name) => parameters.FirstOrDefault(parameter => parameter.Name == name);

    /// <summary>
    /// A property whose expression needs itself does not bind, nor does one that grows beyond what a person would
    /// write.
    /// </summary>
    private SizeExpression? Inline(SizePropertyDeclaration property)
    {
        if (_inlined.TryGetValue(property.Name, out var known))
            return known;
        if (_inlining.Count == DeepestInlining || !_inlining.Add(property.Name))
            return null;
        var expression = SizeParser.Parse(property.Expression, this, out _);
        _inlining.Remove(property.Name);
        return _inlined[property.Name] = expression?.Code.Length > SizeParser.LongestText ? null : expression;
    }
}
