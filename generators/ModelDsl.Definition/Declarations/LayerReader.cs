using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>Reads layer attributes.</summary>
public static class LayerReader
{
    /// <summary>The layer attributes of a method or property, in source order.</summary>
    public static IEnumerable<AttributeData> Layers(ISymbol member) => member.GetAttributes().Where(IsLayer);

    /// <summary>
    /// The layer attributes that the compiler could bind: those that a stage's declaration lists, in its order.
    /// </summary>
    public static IEnumerable<AttributeData> SoundLayers(ISymbol member) => Layers(member).Where(layer => !IsBroken(layer));

    /// <summary>The variants that stand on a class or an assembly, of which one can be meant.</summary>
    public static IEnumerable<AttributeData> VariantAttributes(ISymbol symbol) => OfKind(symbol, "NormalizationAttribute");

    /// <summary>The activations that stand on a class or an assembly, of which one can be meant.</summary>
    public static IEnumerable<AttributeData> ActivationAttributes(ISymbol symbol) => OfKind(symbol, "NonlinearityAttribute");

    public static bool HasLayers(ISymbol member) => Layers(member).Any();

    /// <summary>An attribute that is no layer, by the name of its class; null where it isn't there or doesn't bind.</summary>
    public static LayerDeclaration? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => IsNamed(attribute, name)) is { } found && !IsBroken(found)
            ? Read(found, symbol as IAssemblySymbol ?? symbol.ContainingAssembly)
            : null;

    public static bool IsNamed(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && type.Name == name && IsModelDsl(type.ContainingNamespace);

    internal static bool IsModelDsl(INamespaceSymbol? space) =>
        space is { Name: "ModelDsl", ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>Whether the compiler could not bind the attribute; it reports that itself.</summary>
    internal static bool IsBroken(AttributeData attribute) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Error)
        || attribute.NamedArguments.Any(argument => argument.Value.Kind == TypedConstantKind.Error)
        || attribute.AttributeClass!.TypeArguments.Any(type => type is not INamedTypeSymbol { TypeKind: TypeKind.Class });

    internal static LayerDeclaration Read(AttributeData attribute, IAssemblySymbol assembly)
    {
        var type = attribute.AttributeClass!;
        var name = type.Name.EndsWith("Attribute", StringComparison.Ordinal)
            ? type.Name.Substring(0, type.Name.Length - 9)
            : type.Name;
        var block = name == "Block" && type.TypeArguments is [INamedTypeSymbol nested]
            ? BlockReader.Read(nested, attribute, assembly)
            : null;
        return new(name, Arguments(attribute).ToEquatableArray(), block)
        {
            Module = name == "Norm" && type.TypeArguments is [{ } module]
                ? module.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
                : null,
            Unfit = name == "Norm" && type.TypeArguments is [INamedTypeSymbol own] ? Unfit(own, assembly) : null,
        };
    }

    private static string? Unfit(INamedTypeSymbol module, IAssemblySymbol assembly)
    {
        if (module.IsAbstract)
            return "it is abstract";
        var isNear = SymbolEqualityComparer.Default.Equals(module.ContainingAssembly, assembly)
            || module.ContainingAssembly.GivesAccessTo(assembly);
        var isBuilt = module.InstanceConstructors.Any(constructor =>
            (constructor.DeclaredAccessibility == Accessibility.Public
                || (isNear && constructor.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal))
            && constructor.Parameters is [{ Type: { Name: "NormalizationSite" } site }, .. var more]
            && IsModelDsl(site.ContainingNamespace)
            && more.All(parameter => parameter.HasExplicitDefaultValue));
        return isBuilt ? null : "it has no constructor that takes a NormalizationSite alone";
    }

    /// <summary>The variant that stands on a class or an assembly; of several none.</summary>
    internal static LayerDeclaration? Variant(ISymbol symbol) => Only(VariantAttributes(symbol), symbol);

    /// <summary>The activation that stands on a class or an assembly; of several none.</summary>
    internal static LayerDeclaration? Activation(ISymbol symbol) => Only(ActivationAttributes(symbol), symbol);

    private static LayerDeclaration? Only(IEnumerable<AttributeData> attributes, ISymbol symbol) =>
        attributes.Take(2).ToList() is [var only] && !IsBroken(only)
            ? Read(only, symbol as IAssemblySymbol ?? symbol.ContainingAssembly)
            : null;

    private static IEnumerable<AttributeData> OfKind(ISymbol symbol, string kind) =>
        symbol.GetAttributes().Where(attribute => DerivesFrom(attribute.AttributeClass, kind));

    private static bool IsLayer(AttributeData attribute) => DerivesFrom(attribute.AttributeClass, "LayerAttribute");

    private static bool DerivesFrom(INamedTypeSymbol? type, string name)
    {
        for (var current = type?.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Name == name && IsModelDsl(current.ContainingNamespace))
                return true;
        }
        return false;
    }

    private static IEnumerable<ArgumentDeclaration> Arguments(AttributeData attribute)
    {
        for (var position = 0; position < attribute.ConstructorArguments.Length; position++)
        {
            // A half-typed attribute class may have a parameter without a name.
            if (attribute.AttributeConstructor!.Parameters[position].Name is { Length: > 0 } name)
                yield return Argument(
                    char.ToUpperInvariant(name[0]) + name.Substring(1),
                    attribute.ConstructorArguments[position]);
        }
        foreach (var named in attribute.NamedArguments)
            yield return Argument(named.Key, named.Value);
    }

    private static ArgumentDeclaration Argument(string name, TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Array => new(name, null, null, null)
        {
            Texts = constant.IsNull
                ? default
                : constant.Values.Select(value => value.Value as string ?? "").ToEquatableArray(),
        },
        TypedConstantKind.Enum when constant.Type is INamedTypeSymbol type => OfEnumeration(name, type, constant.Value),
        _ => Plain(name, constant.Value),
    };

    private static ArgumentDeclaration Plain(string name, object? value) => value switch
    {
        string text => new(name, text, null, null),
        int number => new(name, null, number, null),
        uint number => new(name, null, number, null),
        short number => new(name, null, number, null),
        ushort number => new(name, null, number, null),
        byte number => new(name, null, number, null),
        sbyte number => new(name, null, number, null),
        long number => new(name, null, number, null),
        bool flag => new(name, null, flag ? 1 : 0, null) { Word = flag ? "true" : "false" },
        double real => new(name, null, null, real),
        float real => new(name, null, null, real),
        _ => new(name, null, null, null),
    };

    private static ArgumentDeclaration OfEnumeration(string name, INamedTypeSymbol type, object? value)
    {
        var members = type.GetMembers().OfType<IFieldSymbol>().Where(member => member.HasConstantValue).ToList();
        var member = members.FirstOrDefault(candidate => Equals(candidate.ConstantValue, value));
        return Plain(name, value) with
        {
            Word = member is not null ? $"{type.Name}.{member.Name}"
                : value is < 0 ? $"({type.Name})({value})"
                : $"({type.Name}){value}",
            Members = member is null ? string.Join(", ", members.Select(candidate => candidate.Name)) : null,
        };
    }
}
