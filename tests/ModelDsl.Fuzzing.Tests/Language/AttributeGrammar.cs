namespace ModelDsl.Fuzzing.Tests.Language;

/// <summary>Writes attributes of the language with random arguments.</summary>
internal sealed class AttributeGrammar(Draw draw, NameScope scope)
{
    private readonly ValueGrammar _values = new(draw, scope);

    public ValueGrammar Values => _values;

    public string Layer() => Write(draw.Of(Vocabulary.Layers));

    /// <summary>A normalization or an activation.</summary>
    public string Choice() => Write(draw.Of(Vocabulary.Choices));

    public string Other() => Write(draw.Of(Vocabulary.Others));

    public string Write(AttributeWord word)
    {
        var arguments = new List<string>();
        if (word.Constructors.Length > 0)
            arguments.AddRange(draw.Of(word.Constructors)
                .Select(parameter => _values.Of(parameter.ParameterType, parameter.Name ?? "")));
        if (word.Properties.Length > 0 && draw.Chance(0.4))
            arguments.AddRange(Enumerable.Range(0, draw.Between(1, 2)).Select(_ => Property(word)).Distinct());
        var type = word.IsGeneric ? $"<{TypeArgument()}>" : "";
        return $"{word.Name}{type}{(arguments.Count == 0 ? "" : $"({string.Join(", ", arguments)})")}";
    }

    /// <summary>A named argument that the attribute has.</summary>
    public string Property(AttributeWord word)
    {
        var property = draw.Of(word.Properties);
        return $"{property.Name} = {_values.Of(property.PropertyType, property.Name)}";
    }

    public string TypeArgument() => draw.Chance(0.85)
        ? draw.Or(scope.Types, "nn.Module<Tensor, Tensor>")
        : draw.Of(
            "nn.Module", "int", "string", "Tensor", "TorchSharp.Modules.Linear", "TorchSharp.Modules.LSTM", "dynamic", "object");
}
