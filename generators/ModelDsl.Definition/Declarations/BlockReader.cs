using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>
/// Reads what a block nests: only a name where it is a model of the same assembly, else what its constructor, its
/// <c>forward</c> and, of a model, its <c>[ModelContract]</c> state.
/// </summary>
internal static class BlockReader
{
    public static BlockReference Read(INamedTypeSymbol type, AttributeData attribute, IAssemblySymbol assembly)
    {
        var isOwn = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly);
        var isModel = type.OriginalDefinition.GetAttributes().Any(own => LayerReader.IsNamed(own, "ModelAttribute"));
        var constructors = Constructors(type, isOwn || type.ContainingAssembly.GivesAccessTo(assembly));
        var contract = isModel && !isOwn ? Contract(type) : null;
        var promised = contract is null ? null : constructors.FirstOrDefault(candidate => ModelContractReader.IsOf(
            contract, candidate.Parameters.Select(parameter => parameter.Name)));
        var constructor = promised ?? (constructors.Count == 0 ? null : constructors[0]);
        return new(
            MetadataNames.Of(type.OriginalDefinition),
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            type.Name,
            isModel && isOwn ? null : HandWritten(type, constructor, promised is null ? null : contract))
        {
            Names = NameReader.Read(attribute, assembly),
            Unfit = Unfit(type, constructor, hasGeneratedBase: isModel && isOwn),
            IsForeignModel = isModel && !isOwn,
        };
    }

    private static string? Contract(INamedTypeSymbol type) => type.OriginalDefinition.GetAttributes()
        .FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ModelContractAttribute"))
        ?.ConstructorArguments is [{ Value: string text }]
            ? text
            : null;

    /// <summary>The constructors that may be called, those with most parameters first.</summary>
    private static List<IMethodSymbol> Constructors(INamedTypeSymbol type, bool seesInternals) => type.InstanceConstructors
        .Where(candidate => candidate.DeclaredAccessibility == Accessibility.Public
            || (seesInternals && candidate.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal))
        .OrderByDescending(candidate => candidate.Parameters.Length)
        .ToList();

    /// <summary>The base of a model is generated, and what a base is that doesn't exist only the compiler may say.</summary>
    private static string? Unfit(INamedTypeSymbol type, IMethodSymbol? constructor, bool hasGeneratedBase)
    {
        if (type.IsAbstract)
            return "it is abstract";
        if (constructor is null)
            return "it has no constructor that a model may call";
        var variable = constructor.Parameters.FirstOrDefault(parameter => parameter.RefKind is not (RefKind.None or RefKind.In));
        if (variable is not null)
            return $"its constructor takes '{variable.Name}' by reference";
        return hasGeneratedBase || IsModuleOfTensors(type) ? null : "it does not derive from nn.Module<Tensor, ..., Tensor>";
    }

    /// <summary>Whether a tensor goes in first and one comes out.</summary>
    private static bool IsModuleOfTensors(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.TypeKind == TypeKind.Error)
                return true;
            if (current is { Name: "Module", TypeArguments: [{ } input, .., { } output] })
                return StageReader.IsTensor(input) && StageReader.IsTensor(output);
        }
        return false;
    }

    private static HandWrittenModule HandWritten(INamedTypeSymbol type, IMethodSymbol? constructor, string? contract)
    {
        var forward = type.GetMembers("forward").OfType<IMethodSymbol>()
            .Where(method => method.Parameters.Length > 0)
            .OrderByDescending(method => method.IsOverride)
            .FirstOrDefault();
        if (forward is null)
            return new(ParameterReader.Read(constructor), null, null);
        var inputs = ContextReader.Read(forward);
        var output = forward.GetReturnTypeAttributes()
            .FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ShapeAttribute"));
        return new(ParameterReader.Read(constructor), inputs[0].Shape, ShapeOf(forward.GetReturnTypeAttributes()))
        {
            InputLayout = inputs[0].Layout,
            OutputLayout = ContextReader.LayoutOf(output),
            Contexts = inputs.Skip(1).ToEquatableArray(),
            Contract = contract,
        };
    }

    internal static string? ShapeOf(IEnumerable<AttributeData> attributes) =>
        attributes.FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ShapeAttribute"))?.ConstructorArguments
                is [{ Value: string axes }]
            ? axes
            : null;
}
