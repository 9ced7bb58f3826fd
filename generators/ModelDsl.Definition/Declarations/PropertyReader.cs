using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>Reads partial properties: those that hold a layer, a parameter or a buffer.</summary>
public static class PropertyReader
{
    public static PropertyDeclaration Read(IPropertySymbol property)
    {
        var syntax = Syntax(property);
        var type = property.Type.ToDisplayString(StageReader.TypeFormat);
        var modifiers = syntax is null ? "" : string.Concat(syntax.Modifiers.Select(modifier => modifier.Text + " "));
        var byReference = property.ReturnsByRef ? "ref " : property.ReturnsByRefReadonly ? "ref readonly " : "";
        return new(
            property.Name,
            type,
            $"{modifiers}{byReference}{type} {Identifiers.Escape(property.Name)}",
            syntax is not null
                && property is { IsStatic: false, SetMethod: null, RefKind: RefKind.None }
                && IsDefinition(syntax))
        {
            Accessors = syntax is not null && IsDefinition(syntax) && property.Type.TypeKind != TypeKind.Error
                ? syntax.AccessorList!.Accessors.Select(Accessor).ToEquatableArray()
                : default,
        };
    }

    public static bool IsDocumented(IPropertySymbol property) => Syntax(property) is { } syntax && Comments.IsDocumented(syntax);

    /// <summary>The parameters and buffers of a class, in order of declaration.</summary>
    public static EquatableArray<TensorDeclaration> Tensors(INamedTypeSymbol type) =>
        Symbols(type).Select(Tensor).ToEquatableArray();

    /// <summary>The properties that are parameters or buffers, in order of declaration.</summary>
    public static IEnumerable<IPropertySymbol> Symbols(INamedTypeSymbol type) => PartOrder.Members(type).OfType<IPropertySymbol>()
        .Where(property => DeclarationReader.IsOwn(property) && Attribute(property) is not null);

    /// <summary>The attribute that makes a property a parameter or buffer.</summary>
    public static AttributeData? Attribute(IPropertySymbol property) => property.GetAttributes().FirstOrDefault(IsTensor);

    private static bool IsTensor(AttributeData attribute) =>
        LayerReader.IsNamed(attribute, "ParameterAttribute") || LayerReader.IsNamed(attribute, "BufferAttribute");

    private static TensorDeclaration Tensor(IPropertySymbol property)
    {
        var attribute = Attribute(property)!;
        var isBroken = LayerReader.IsBroken(attribute) || property.Type.TypeKind == TypeKind.Error;
        return new(
            Read(property),
            LayerReader.IsBroken(attribute)
                ? new(attribute.AttributeClass!.Name.Replace("Attribute", ""), default)
                : LayerReader.Read(attribute, property.ContainingAssembly),
            isBroken,
            IsDocumented(property))
        {
            IsBoth = property.GetAttributes().Count(IsTensor) > 1,
        };
    }

    private static PropertyDeclarationSyntax? Syntax(IPropertySymbol property) => property.DeclaringSyntaxReferences
        .Where(reference => !DeclarationReader.IsGenerated(reference.SyntaxTree))
        .Select(reference => reference.GetSyntax())
        .OfType<PropertyDeclarationSyntax>()
        .FirstOrDefault();

    private static bool IsDefinition(PropertyDeclarationSyntax syntax) =>
        syntax.Modifiers.Any(SyntaxKind.PartialKeyword)
        && syntax is { ExpressionBody: null, Initializer: null, AccessorList.Accessors: { Count: > 0 } accessors }
        && accessors.All(accessor => accessor is { Body: null, ExpressionBody: null });

    private static string Accessor(AccessorDeclarationSyntax accessor) =>
        string.Concat(accessor.Modifiers.Select(modifier => modifier.Text + " ")) + accessor.Keyword.Text;
}
