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
    private readonly HashSet<string> _stateNames = [];

    public ModelDeclaration Declaration { get; } = declaration;

    public SizeScope Sizes { get; } = new(declaration.Parameters, declaration.SizeProperties);

    public List<Finding> Findings { get; } = [];

    public List<FieldDefinition> Fields { get; } = [];

    public List<SizeCheck> Checks { get; } = [];

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

    /// <summary>A name in the state dict that is not taken yet.</summary>
    public string StateName(string wanted)
    {
        var name = wanted;
        for (var number = 2; !_stateNames.Add(name); number++)
            name = $"{wanted}_{number}";
        return name;
    }

    /// <summary>Demands that a size is positive when the model is built, once a distinct size.</summary>
    public void CheckPositive(string stage, SizeExpression size)
    {
        if (size.Value?.Value is null && !Checks.Any(check => check.Code == size.Code))
            Checks.Add(new(stage, size.Code));
    }

    /// <summary>Demands that two sizes are equal when the model is built.</summary>
    public void CheckEqual(string stage, Size left, Size right) => Checks.Add(new(stage, left.ToString(), right.ToString()));

    /// <summary>Demands that one size is a multiple of another when the model is built.</summary>
    public void CheckMultiple(string stage, string size, string divisor) => Checks.Add(new(stage, size, MultipleOf: divisor));
}
