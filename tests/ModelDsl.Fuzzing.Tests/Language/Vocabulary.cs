using System.Collections.Immutable;
using System.Reflection;

namespace ModelDsl.Fuzzing.Tests.Language;

/// <summary>The language's own words, read from the library: a new attribute is fuzzed as soon as it is there.</summary>
internal static class Vocabulary
{
    private static readonly ImmutableArray<Type> Types = [.. typeof(ModelAttribute).Assembly.GetExportedTypes()];

    public static readonly ImmutableArray<AttributeWord> Attributes =
    [
        .. Types
            .Where(type => type.IsSubclassOf(typeof(Attribute)) && !type.IsAbstract)
            .Where(type => type != typeof(ModelContractAttribute))
            .Select(type => new AttributeWord(type))
            .OrderBy(word => word.Name, StringComparer.Ordinal)
            .ThenBy(word => word.IsGeneric),
    ];

    public static readonly ImmutableArray<AttributeWord> Layers = [.. Attributes.Where(word => word.IsLayer)];

    /// <summary>What may stand on a class or the assembly instead of a slot.</summary>
    public static readonly ImmutableArray<AttributeWord> Choices = [.. Attributes.Where(word => word.IsChoice)];

    public static readonly ImmutableArray<AttributeWord> Others = [.. Attributes.Where(word => !word.IsLayer)];

    private static readonly ImmutableDictionary<string, AttributeWord> ByName =
        Attributes.Where(word => !word.IsGeneric).ToImmutableDictionary(word => word.Name);

    private static readonly ImmutableDictionary<string, AttributeWord> GenericByName =
        Attributes.Where(word => word.IsGeneric).ToImmutableDictionary(word => word.Name);

    /// <summary>The factories of values that calls pass: of normalizations and activations.</summary>
    public static readonly ImmutableArray<MethodInfo> Factories =
    [
        .. new[] { typeof(Normalization), typeof(Activation) }.SelectMany(type => type
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == type && !method.IsSpecialName && !method.IsGenericMethod)
            .OrderBy(method => method.Name, StringComparer.Ordinal)),
    ];

    public static AttributeWord? Find(string name, bool isGeneric) =>
        (isGeneric ? GenericByName : ByName).GetValueOrDefault(name);
}
