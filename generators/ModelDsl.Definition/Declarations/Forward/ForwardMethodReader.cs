using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>The methods with a body that the author of a model wrote; anchors name them by their place in this list.</summary>
public static class ForwardMethodReader
{
    public static EquatableArray<ForwardMethod> ReadAll(INamedTypeSymbol type) => Methods(type).Select(Read).ToEquatableArray();

    public static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol type) => PartOrder.Members(type)
        .OfType<IMethodSymbol>()
        .Where(method => method.MethodKind == MethodKind.Ordinary)
        .Where(method => DeclarationReader.IsOwn(method) && Syntax(method) is not null);

    /// <summary>The part of a method that has the body.</summary>
    public static MethodDeclarationSyntax? Syntax(IMethodSymbol method) =>
        (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences
            .Where(reference => !DeclarationReader.IsGenerated(reference.SyntaxTree))
            .Select(reference => reference.GetSyntax())
            .OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(syntax => syntax.Body is not null || syntax.ExpressionBody is not null);

    private static ForwardMethod Read(IMethodSymbol method)
    {
        var read = ForwardReader.Read(
            Syntax(method)!,
            method.Parameters.Select(Parameter).ToEquatableArray(),
            BlockReader.ShapeOf(method.GetReturnTypeAttributes()));
        return read with
        {
            IsOpaque = read.IsOpaque || method.IsAsync || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None),
            IsVirtual = method.IsVirtual || (method.IsOverride && !method.IsSealed),
        };
    }

    private static ForwardParameter Parameter(IParameterSymbol parameter)
    {
        var kind = StageReader.IsTensor(parameter.Type) ? ForwardParameterKind.Tensor
            : parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 ? ForwardParameterKind.Integer
            : ForwardParameterKind.Other;
        var attribute = parameter.GetAttributes().FirstOrDefault(own => LayerReader.IsNamed(own, "ShapeAttribute"));
        return new(parameter.Name, kind, BlockReader.ShapeOf(parameter.GetAttributes()), ChannelsFirst(attribute));
    }

    /// <summary>By the name of the enum's member: <c>Layout.ChannelsFirst</c>.</summary>
    private static bool? ChannelsFirst(AttributeData? attribute) =>
        attribute?.NamedArguments.FirstOrDefault(argument => argument.Key == "Layout").Value
            is { Type: { } layout, Value: { } value }
        && layout.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value)) is { } member
            ? member.Name switch
            {
                "ChannelsFirst" => true,
                "ChannelsLast" => false,
                _ => null,
            }
            : null;
}
