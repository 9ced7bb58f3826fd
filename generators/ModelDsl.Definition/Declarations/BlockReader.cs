using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>
/// Reads what a block nests: only a name where it is a model of the same assembly, else what its constructor and <c>forward</c> state.
/// </summary>
internal static class BlockReader
{
    public static BlockReference Read(INamedTypeSymbol type, AttributeData attribute, IAssemblySymbol assembly)
    {
        var isModel = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly) && type.OriginalDefinition.GetAttributes().Any(own => LayerReader.IsNamed(own, "ModelAttribute"));
        return new(
            MetadataNames.Of(type.OriginalDefinition),
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            type.Name,
            isModel ? null : HandWritten(type))
        {
            Names = NameReader.Read(attribute, assembly),
        };
    }

    private static HandWrittenModule HandWritten(INamedTypeSymbol type)
    {
        var constructor = type.InstanceConstructors
            .Where(candidate => candidate.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal)
            .OrderByDescending(candidate => candidate.Parameters.Length)
            .FirstOrDefault();
        var forward = type.GetMembers("forward").OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length > 0);
        return new(
            ParameterReader.Read(constructor),
            forward is null ? null : ShapeOf(forward.Parameters[0].GetAttributes()),
            forward is null ? null : ShapeOf(forward.GetReturnTypeAttributes()));
    }

    internal static string? ShapeOf(IEnumerable<AttributeData> attributes) =>
        attributes.FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ShapeAttribute"))?.ConstructorArguments is [{ Value: string axes }] ? axes : null;
}
