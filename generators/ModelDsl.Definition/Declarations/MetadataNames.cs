using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>Full metadata names: the keys of contracts and of generated files.</summary>
public static class MetadataNames
{
    public static string Of(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{Of(outer)}+{type.MetadataName}";
        return Prefix(type.ContainingNamespace) + type.MetadataName;
    }

    /// <summary>
    /// The name of a nested or generic type, or one with unusual letters, without characters that paths forbid.
    /// </summary>
    public static string ToFileName(string metadataName) => metadataName.All(IsPlain)
        ? metadataName
        : string.Concat(metadataName.Select(ToFileName));

    private static string Prefix(INamespaceSymbol? space) =>
        space is { IsGlobalNamespace: false }
            ? $"{Prefix(space.ContainingNamespace)}{space.Name}."
            : "";

    private static bool IsPlain(char character) => character is '.' or '_' || char.IsLetterOrDigit(character);

    private static string ToFileName(char character) => character switch
    {
        '+' => ".",
        '`' => "-",
        _ => IsPlain(character) ? $"{character}" : $"-{(int)character:x}",
    };
}
