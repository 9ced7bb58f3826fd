using System.Collections.Immutable;
using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>How weights are filled: as the stage says, else the class, else the assembly, else as PyTorch does.</summary>
internal static class InitializationChoice
{
    /// <summary>The names of <c>Init</c>, by number.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "Default", "Zeros", "Ones", "Constant", "Normal", "TruncatedNormal", "Uniform",
        "XavierUniform", "XavierNormal", "KaimingUniform", "KaimingNormal", "Orthogonal",
    ];

    /// <summary>The field with the weights of its layer filled as was said.</summary>
    public static FieldDefinition Apply(ModelDeclaration model, StageDeclaration stage, FieldDefinition field)
    {
        var declared = stage.Initialization ?? model.Initialization ?? model.AssemblyInitialization;
        if (declared is null || field.Kind is FieldKind.Value or FieldKind.Parameter)
            return field;
        return field with { Initializer = $"{Code(declared)}.Apply({field.Initializer})" };
    }

    /// <summary>C# of a way to fill tensors.</summary>
    public static string Code(string kind, IReadOnlyList<string> options) =>
        $"new global::ModelDsl.Initialization(global::ModelDsl.Init.{kind})"
            + (options.Count == 0 ? "" : $" {{ {string.Join(", ", options)} }}");

    private static string Code(LayerDeclaration declared)
    {
        var options = declared.Arguments.Where(argument => argument.Name != "Scheme").Select(Option).ToList();
        return Code(NameOf(declared["Scheme"]?.Number ?? 0), options);
    }

    private static string Option(ArgumentDeclaration argument)
    {
        var value = argument.Word is { } word
            ? $"global::ModelDsl.{word}"
            : (argument.Real ?? argument.Number ?? 0).ToString("R", CultureInfo.InvariantCulture);
        return $"{argument.Name} = {value}";
    }

    /// <summary>The name of a way to fill tensors; of a number that is none the default.</summary>
    public static string NameOf(long kind) => kind >= 0 && kind < Names.Length ? Names[(int)kind] : Names[0];
}
