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

    private static string Prefix(INamespaceSymbol? space) => space is { IsGlobalNamespace: false } ? $"{Prefix(space.ContainingNamespace)}{space.Name}." : "";
}
