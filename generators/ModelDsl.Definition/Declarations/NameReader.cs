using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>Reads what the names in a block's arguments mean where they are written; the generated file has no usings.</summary>
internal static class NameReader
{
    /// <summary>The types, namespaces and static members that the arguments name; other names are not for this step.</summary>
    public static EquatableArray<QualifiedName> Read(AttributeData attribute, IAssemblySymbol assembly)
    {
        if (attribute.ConstructorArguments is not [{ Value: string { Length: > 0 and <= SizeParser.LongestText } text }])
            return default;
        if (assembly is not ISourceAssemblySymbol { Compilation: { } compilation })
            return default;
        if (attribute.ApplicationSyntaxReference is not { } place)
            return default;
        if (place.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration)
            return default;
        var own = OwnNames(attribute, declaration);
        var names = FreeNames.Of(SyntaxFactory.ParseArgumentList($"({text})"))
            .Select(name => name.Identifier.ValueText)
            .Distinct()
            .Where(name => !own.Contains(name))
            .ToList();
        if (names.Count == 0)
            return default;
        var model = compilation.GetSemanticModel(place.SyntaxTree);
        return (from name in names
                let code = Qualify(model, declaration, name)
                where code is not null
                select new QualifiedName(name, code)).ToEquatableArray();
    }

    /// <summary>Parameters of the model, and what a repeat counts by: they come before anything around it.</summary>
    private static IReadOnlyCollection<string> OwnNames(AttributeData attribute, TypeDeclarationSyntax declaration)
    {
        var parameters = declaration.ParameterList?.Parameters.Select(parameter => parameter.Identifier.ValueText) ?? [];
        var isRepeated = attribute.NamedArguments.Any(argument => argument.Key == "Repeat");
        return [.. parameters, .. isRepeated ? new[] { SizeNames.Index, SizeNames.Count } : []];
    }

    private static string? Qualify(SemanticModel model, TypeDeclarationSyntax declaration, string name)
    {
        var found = name.Length == 0
            ? null
            : Own(model.GetDeclaredSymbol(declaration), name) ?? Around(model, declaration.SpanStart, name);
        return found switch
        {
            null => null,
            IAliasSymbol alias => alias.Target.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            _ => Container(found) + Identifiers.Escape(found.Name),
        };
    }

    /// <summary>A member of the author's: what the model inherits is there after generation only.</summary>
    private static ISymbol? Own(INamedTypeSymbol? type, string name) =>
        type?.GetMembers(name).FirstOrDefault(member => IsKnownAnywhere(member) && DeclarationReader.IsOwn(member));

    private static ISymbol? Around(SemanticModel model, int position, string name) =>
        model.LookupSymbols(position, name: name).FirstOrDefault(IsKnownAnywhere)
        ?? model.LookupNamespacesAndTypes(position, name: name).FirstOrDefault(IsKnownAnywhere);

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
