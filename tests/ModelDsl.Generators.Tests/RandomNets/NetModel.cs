using System.Text.RegularExpressions;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>A random model as text in parts, so that parts may be left out.</summary>
/// <param name="Name">The class.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Parameters">The constructor's parameters; those that nothing reads are not written.</param>
/// <param name="Members">Its members.</param>
internal sealed record NetModel(
    string Name, IReadOnlyList<string> Attributes, IReadOnlyList<NetParameter> Parameters, IReadOnlyList<NetMember> Members)
{
    /// <summary>The parameters that something reads.</summary>
    public IEnumerable<NetParameter> UsedParameters
    {
        get
        {
            var text = string.Concat(Members);
            return Parameters.Where(parameter => parameter.Type switch
            {
                "Normalization" => HasSlot("Norm"),
                "Activation" => HasSlot("Activation"),
                _ => Regex.IsMatch(text, $@"\b{parameter.Name}\b(?!:)"),
            });
        }
    }

    /// <summary>C# warns of a choice that no slot reads.</summary>
    private bool HasSlot(string slot) =>
        Members.SelectMany(member => member.Layers)
            .Any(layer => layer == slot || layer.StartsWith($"{slot}(", StringComparison.Ordinal));

    /// <summary>The arguments of those that are passed.</summary>
    public string Arguments => string.Join(", ", UsedParameters
        .Where(parameter => !parameter.IsInferred && parameter.Argument.Length > 0)
        .Select(parameter => $"{parameter.Name}: {parameter.Argument}"));

    public override string ToString()
    {
        var parameters = string.Join(", ", UsedParameters
            .OrderBy(parameter => parameter.Default.Length > 0)
            .Select(parameter => $"{parameter.Type} {parameter.Name}{parameter.Default}"));
        return $"[{string.Join(", ", Attributes)}]\npublic partial class {Name}({parameters})\n"
            + $"{{\n{string.Join("\n", Members)}}}\n";
    }
}
