using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>What the stages of one model share while it is inferred.</summary>
internal sealed class ModelScope(ModelDeclaration declaration, Func<string, ModelContract?> contracts)
{
    /// <summary>What <c>nn.Module</c> declares under names like those of generated fields: hiding one is a warning.</summary>
    private static readonly ImmutableArray<string> Inherited =
    [
        "_deviceIndex", "_deviceType", "_internal_buffers", "_internal_params", "_internal_submodules",
        "_named_buffers", "_named_parameters", "_parameters", "_to", "_toEpilog",
    ];

    private readonly HashSet<string> _names =
        [.. Inherited, .. declaration.MemberNames, .. declaration.Parameters.Select(parameter => parameter.Name)];
    private readonly Dictionary<(string, string), FieldDefinition> _values = [];

    private MemberInference? _members;

    public ModelDeclaration Declaration { get; } = declaration;

    public SizeScope Sizes { get; } = new(declaration.Parameters, declaration.SizeProperties);

    /// <summary>What is wrong with the class as a whole; each stage keeps its own.</summary>
    public List<Finding> Findings { get; } = [];

    public List<SizeCheck> Checks { get; } = [];

    public List<TieDefinition> Ties { get; } = [];

    /// <summary>The ties that layers ask for, bound when every property is known.</summary>
    public List<WeightTie> WantedTies { get; } = [];

    /// <summary>The stages and properties, inferred when they are first asked for.</summary>
    public MemberInference Members => _members ??= new(this);

    /// <summary>The choice that callers pass on to nested blocks; null where the model says nothing.</summary>
    public NormalizationChoice? PassedOn => NormalizationResolver.PassedOn(Declaration);

    public ModelContract? Contract(string metadataName) => contracts(metadataName);

    /// <summary>A member name that collides with nothing of the author's: <c>stem_conv</c> becomes <c>_stemConv</c>.</summary>
    public string MemberName(string stateName)
    {
        var name = "_" + Identifiers.ToCamelCase(stateName);
        while (!_names.Add(name))
            name += "_";
        return name;
    }

    /// <summary>A field that holds the value of an expression, one for equal expressions.</summary>
    public FieldDefinition Value(string type, string wantedName, string code)
    {
        if (_values.TryGetValue((type, code), out var known))
            return known;
        return _values[(type, code)] = new(MemberName(wantedName), "", type, code) { Kind = FieldKind.Value };
    }

    /// <summary>C# of a number as a body reads it: itself, or a field where it is to be computed.</summary>
    public string Number(string wantedName, RealExpression number) =>
        number.IsLiteral ? number.Code : Value("double", wantedName, number.Code).Name;

    /// <summary>The fields that hold values, in order of their first use.</summary>
    public IEnumerable<FieldDefinition> Values => _values.Values;

    public void Report(Rule rule, Anchor anchor, params string[] arguments) =>
        Findings.Add(new(rule, anchor, arguments.ToEquatableArray()));

    /// <summary>Demands that a size is positive when the model is built, once a distinct size.</summary>
    public void CheckPositive(string stage, SizeExpression size)
    {
        if (size.Value?.Value is null && !Checks.Any(check => check.Code == size.Code))
            Checks.Add(new(stage, size.Code));
    }

    /// <summary>Demands that two sizes are equal when the model is built, for the layer that joins them.</summary>
    public void CheckEqual(string stage, Size left, Size right, string layer = "Shortcut")
    {
        var check = new SizeCheck(stage, left.ToString(), right.ToString(), layer);
        if (!Checks.Contains(check))
            Checks.Add(check);
    }

    /// <summary>Demands that one size is a multiple of another when the model is built.</summary>
    public void CheckMultiple(string stage, string size, string divisor) => Checks.Add(new(stage, size, MultipleOf: divisor));
}
