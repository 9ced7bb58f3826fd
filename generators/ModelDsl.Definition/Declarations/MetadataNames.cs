using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>Full metadata names: the keys of contracts and of generated files.</summary>
public static class MetadataNames
{
    public static string Of(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{Of(outer)}+{type.MetadataName}";
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.MetadataName}" : type.MetadataName;
    }
}
