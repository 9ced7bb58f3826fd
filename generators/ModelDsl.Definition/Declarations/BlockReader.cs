using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>
/// Reads what a block nests: only a name where it is a model of the same assembly, else what its constructor and
/// <c>forward</c> state.
/// </summary>
internal static class BlockReader
{
    public static BlockReference Read(INamedTypeSymbol type, AttributeData attribute, IAssemblySymbol assembly)
    {
        var isOwn = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly);
        var isModel = type.OriginalDefinition.GetAttributes().Any(own => LayerReader.IsNamed(own, "ModelAttribute"));
        var constructor = Constructor(type, isOwn || type.ContainingAssembly.GivesAccessTo(assembly));
        return new(
            MetadataNames.Of(type.OriginalDefinition),
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            type.Name,
            isModel && isOwn ? null : HandWritten(type, constructor))
        {
            Names = NameReader.Read(attribute, assembly),
            Unfit = Unfit(type, constructor, hasGeneratedBase: isModel && isOwn),
            IsForeignModel = isModel && !isOwn,
        };
    }

    /// <summary>The constructor with most parameters of those that may be called.</summary>
    private static IMethodSymbol? Constructor(INamedTypeSymbol type, bool seesInternals) => type.InstanceConstructors
        .Where(candidate => candidate.DeclaredAccessibility == Accessibility.Public
            || (seesInternals && candidate.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal))
        .OrderByDescending(candidate => candidate.Parameters.Length)
        .FirstOrDefault();

    /// <summary>The base of a model is generated, and what a base is that doesn't exist only the compiler may say.</summary>
    private static string? Unfit(INamedTypeSymbol type, IMethodSymbol? constructor, bool hasGeneratedBase)
    {
        if (type.IsAbstract)
            return "it is abstract";
        if (constructor is null)
            return "it has no constructor that a model may call";
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

    private static HandWrittenModule HandWritten(INamedTypeSymbol type, IMethodSymbol? constructor)
    {
        var forward = type.GetMembers("forward").OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length > 0);
        if (forward is null)
            return new(ParameterReader.Read(constructor), null, null);
        var inputs = ContextReader.Read(forward);
        var output = forward.GetReturnTypeAttributes().FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ShapeAttribute"));
        return new(ParameterReader.Read(constructor), inputs[0].Shape, ShapeOf(forward.GetReturnTypeAttributes()))
        {
            InputLayout = inputs[0].Layout,
            OutputLayout = ContextReader.LayoutOf(output),
            Contexts = inputs.Skip(1).ToEquatableArray(),
        };
    }

    internal static string? ShapeOf(IEnumerable<AttributeData> attributes) =>
        attributes.FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ShapeAttribute"))?.ConstructorArguments
                is [{ Value: string axes }]
            ? axes
            : null;
}
