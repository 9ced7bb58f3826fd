using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Definition;

/// <summary>Reads what the names in a block's arguments mean where they are written; the generated file has no usings.</summary>
internal static class NameReader
{
    /// <summary>The types, namespaces and static members that the arguments name; other names are not for this step.</summary>
    public static EquatableArray<QualifiedName> Read(AttributeData attribute, IAssemblySymbol assembly)
    {
        if (attribute.ConstructorArguments is not [{ Value: string { Length: > 0 and <= SizeParser.LongestText } text }])
            return default;
        if (assembly is not ISourceAssemblySymbol { Compilation: { } compilation } || attribute.ApplicationSyntaxReference is not { } place)
            return default;
        var names = FreeNames.Of(SyntaxFactory.ParseArgumentList($"({text})")).Select(name => name.Identifier.ValueText).Distinct().ToList();
        if (names.Count == 0)
            return default;
        var model = compilation.GetSemanticModel(place.SyntaxTree);
        return (from name in names
                let code = Qualify(model, place.Span.Start, name)
                where code is not null
                select new QualifiedName(name, code)).ToEquatableArray();
    }

    private static string? Qualify(SemanticModel model, int position, string name)
    {
        var found = name.Length == 0 ? null : model.LookupSymbols(position, name: name).FirstOrDefault(IsKnownAnywhere)
            ?? model.LookupNamespacesAndTypes(position, name: name).FirstOrDefault(IsKnownAnywhere);
        return found switch
        {
            null => null,
            IAliasSymbol alias => alias.Target.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            _ => Container(found) + Identifiers.Escape(found.Name),
        };
    }

    /// <summary>Whether a qualified name reaches it: an instance member needs the object, a parameter its method.</summary>
    private static bool IsKnownAnywhere(ISymbol symbol) => symbol is INamespaceSymbol or INamedTypeSymbol or IAliasSymbol
        || symbol is { IsStatic: true, ContainingType: not null };

    private static string Container(ISymbol symbol)
    {
        var container = (ISymbol?)symbol.ContainingType ?? symbol.ContainingNamespace;
        return container is INamespaceSymbol { IsGlobalNamespace: true } or null
            ? "global::"
            : container.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ".";
    }
}
