namespace ModelDsl.Definition;

/// <summary>The names that a size expression of a model may use.</summary>
public sealed class SizeScope
{
    private readonly ModelDeclaration _model;
    private readonly bool _inRepeat;
    private readonly HashSet<string> _inlining = [];

    public SizeScope(ModelDeclaration model, bool inRepeat = false) => (_model, _inRepeat) = (model, inRepeat);

    /// <summary>All names, for messages.</summary>
    public IEnumerable<string> Names =>
        _model.Parameters.Where(parameter => parameter.Kind == ParameterKind.Integer).Select(parameter => parameter.Name)
            .Concat(_model.SizeProperties.Select(property => property.Name));

    /// <summary>What a name means; null where it doesn't bind.</summary>
    public SizeExpression? Resolve(string name)
    {
        if (_inRepeat && name is SizeNames.Index or SizeNames.Count)
            return new(name, Size.Symbol(name));
        foreach (var parameter in _model.Parameters)
        {
            if (parameter.Name == name)
                return parameter.Kind == ParameterKind.Integer ? new(parameter.Code, Size.Symbol(name)) : null;
        }
        foreach (var property in _model.SizeProperties)
        {
            if (property.Name == name)
                return Inline(property);
        }
        return null;
    }

    public bool IsArray(string name) => HasKind(name, ParameterKind.IntegerArray);

    public bool IsFlag(string name) => HasKind(name, ParameterKind.Boolean);

    private bool HasKind(string name, ParameterKind kind) => _model.Parameters.Any(parameter => parameter.Name == name && parameter.Kind == kind);

    /// <summary>A property whose expression needs itself does not bind.</summary>
    private SizeExpression? Inline(SizePropertyDeclaration property)
    {
        if (!_inlining.Add(property.Name))
            return null;
        var expression = SizeParser.Parse(property.Expression, this, out _);
        _inlining.Remove(property.Name);
        return expression;
    }
}
