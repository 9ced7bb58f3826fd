using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>Constant values of a constructor's integers and flags: their defaults, or what a call passes.</summary>
public sealed class Defaults
{
    private readonly ImmutableSortedDictionary<string, long> _values;

    private Defaults(ImmutableSortedDictionary<string, long> values) => _values = values;

    /// <summary>Half-typed code may give two parameters one name: the last counts.</summary>
    public static Defaults Of(EquatableArray<ParameterDeclaration> parameters) =>
        new(parameters.Where(parameter => parameter.DefaultValue is not null).Aggregate(
            ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal),
            static (values, parameter) => values.SetItem(parameter.Code, parameter.DefaultValue!.Value)));

    /// <summary>The values with what a call passes; a value that isn't known is no longer the default.</summary>
    public Defaults With(CallArgument argument)
    {
        var parameter = Identifiers.Escape(argument.Parameter);
        return new(argument.Value is { } value ? _values.SetItem(parameter, value) : _values.Remove(parameter));
    }

    public long? Find(string parameter) => _values.TryGetValue(parameter, out var value) ? value : null;

    /// <summary>The values of some parameters, for messages: <c>depth = 56</c>.</summary>
    public string Of(IEnumerable<string> parameters) =>
        string.Join(", ",
            parameters.Distinct()
                .Where(_values.ContainsKey)
                .Select(parameter => $"{parameter} = {_values[parameter]}"));

    public override string ToString() => string.Join(", ", _values.Select(value => $"{value.Key} = {value.Value}"));
}
