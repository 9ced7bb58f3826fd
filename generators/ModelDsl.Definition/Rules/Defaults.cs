using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>Constant values of a constructor's integers and flags: their defaults, or what a call passes.</summary>
public sealed class Defaults
{
    private readonly ImmutableSortedDictionary<string, long> _values;

    private Defaults(ImmutableSortedDictionary<string, long> values) => _values = values;

    public static Defaults Of(EquatableArray<ParameterDeclaration> parameters) =>
        new(parameters.Where(parameter => parameter.DefaultValue is not null)
            .ToImmutableSortedDictionary(parameter => parameter.Code, parameter => parameter.DefaultValue!.Value, StringComparer.Ordinal));

    public Defaults With(string parameter, long value) => new(_values.SetItem(parameter, value));

    public Defaults Without(string parameter) => new(_values.Remove(parameter));

    public long? Find(string parameter) => _values.TryGetValue(parameter, out var value) ? value : null;

    public override string ToString() => string.Join(", ", _values.Select(value => $"{value.Key} = {value.Value}"));
}
