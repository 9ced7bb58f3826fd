using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>Reads the author's own methods of a tensor.</summary>
public static class MethodReader
{
    public static EquatableArray<MethodDeclaration> Read(INamedTypeSymbol type) => PartOrder.Members(type).OfType<IMethodSymbol>()
        .Where(method => method.MethodKind == MethodKind.Ordinary
            && DeclarationReader.IsOwn(method)
            && !LayerReader.HasLayers(method)
            && method.Name != "forward"
            && StageReader.IsOfTensors(method))
        .Select(Read)
        .ToEquatableArray();

    /// <summary>The static methods that take sizes, <c>long[]</c>, and return a tensor.</summary>
    public static EquatableArray<string> StaticInitializers(INamedTypeSymbol type) => PartOrder.Members(type)
        .OfType<IMethodSymbol>()
        .Where(method => method is { IsStatic: true, IsGenericMethod: false, Parameters: [{ Type: IArrayTypeSymbol sizes }] }
            && sizes is { Rank: 1, ElementType.SpecialType: SpecialType.System_Int64 }
            && DeclarationReader.IsOwn(method)
            && StageReader.IsTensor(method.ReturnType))
        .Select(method => method.Name)
        .ToEquatableArray();

    /// <summary>The signature of the author's <c>forward</c>; of several overloads that which overrides, or the first.</summary>
    public static SignatureDeclaration? Forward(INamedTypeSymbol type) =>
        ForwardMethod(type) is { } forward
            ? new(ContextReader.Read(forward), forward.ReturnType.ToDisplayString(StageReader.TypeFormat))
            {
                Fault = Fault(forward),
                IsOverride = forward.IsOverride,
            }
            : null;

    private static string? Fault(IMethodSymbol forward)
    {
        if (forward.IsStatic)
            return "it is static";
        if (forward.IsGenericMethod)
            return "it has type parameters";
        if (!forward.IsOverride)
            return "it does not override";
        if (forward.Parameters.IsEmpty)
            return "it takes nothing";
        if (forward.Parameters.Any(parameter => parameter.RefKind != RefKind.None || parameter.IsParams))
            return "it takes an input by reference";
        return forward.ReturnsVoid ? "it returns nothing" : null;
    }

    /// <summary>The author's <c>forward</c>.</summary>
    public static IMethodSymbol? ForwardMethod(INamedTypeSymbol type)
    {
        var methods = type.GetMembers("forward").OfType<IMethodSymbol>()
            .Where(method => DeclarationReader.IsOwn(method) && !LayerReader.HasLayers(method))
            .ToList();
        var isStage = type.GetMembers("forward").Any(method => DeclarationReader.IsOwn(method) && LayerReader.HasLayers(method));
        return methods.FirstOrDefault(method => method.IsOverride) ?? (isStage ? null : methods.FirstOrDefault());
    }

    private static MethodDeclaration Read(IMethodSymbol method)
    {
        var inputs = ContextReader.Read(method);
        var output = method.GetReturnTypeAttributes()
            .FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ShapeAttribute"));
        return new(
            method.Name,
            inputs[0],
            inputs.Skip(1).ToEquatableArray(),
            BlockReader.ShapeOf(method.GetReturnTypeAttributes()),
            ContextReader.LayoutOf(output));
    }
}
