using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>Reads one stage.</summary>
internal static class StageReader
{
    private static readonly SymbolDisplayFormat TypeFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static StageDeclaration Read(IMethodSymbol method)
    {
        var syntax = method.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax())
            .OfType<MethodDeclarationSyntax>()
            .FirstOrDefault();
        var layers = LayerReader.Layers(method).ToList();
        return new(
            method.Name,
            syntax is null ? "" : Head(method, syntax),
            method is { Parameters: [{ RefKind: RefKind.None } input], IsGenericMethod: false, IsStatic: false }
            && IsTensor(input.Type)
            && IsTensor(method.ReturnType)
                ? Identifiers.Escape(input.Name)
                : null,
            method.Parameters.Length == 0 ? null : BlockReader.ShapeOf(method.Parameters[0].GetAttributes()),
            BlockReader.ShapeOf(method.GetReturnTypeAttributes()),
            LayerReader.SoundLayers(method)
                .Select(layer => LayerReader.Read(layer, method.ContainingAssembly))
                .ToEquatableArray(),
            CanImplement(syntax),
            layers.Any(LayerReader.IsBroken) || HasUnknownType(method),
            HasUnknownType(method),
            syntax is not null && Comments.IsDocumented(syntax));
    }

    private static bool CanImplement(MethodDeclarationSyntax? syntax) =>
        syntax is { Body: null, ExpressionBody: null } && syntax.Modifiers.Any(SyntaxKind.PartialKeyword);

    internal static bool IsTensor(ITypeSymbol type) =>
        type is
        {
            Name: "Tensor",
            ContainingType:
            {
                Name: "torch",
                ContainingNamespace: { Name: "TorchSharp", ContainingNamespace.IsGlobalNamespace: true },
            },
        };

    private static bool HasUnknownType(IMethodSymbol method) =>
        method.ReturnType.TypeKind == TypeKind.Error
        || method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Error);

    private static string Head(IMethodSymbol method, MethodDeclarationSyntax syntax)
    {
        var modifiers = syntax.Modifiers
            .Where(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword))
            .Select(modifier => modifier.Text + " ");
        var byReference = method.ReturnsByRef ? "ref "
            : method.ReturnsByRefReadonly ? "ref readonly "
            : "";
        var returns = byReference + method.ReturnType.ToDisplayString(TypeFormat);
        var generics = method.TypeParameters.IsEmpty
            ? ""
            : $"<{string.Join(", ", method.TypeParameters.Select(parameter => parameter.Name))}>";
        var constraints = string.Concat(
            syntax.ConstraintClauses.Select(clause => " " + clause.NormalizeWhitespace().ToFullString()));
        var parameters = string.Join(", ", method.Parameters.Select(Parameter));
        return $"{string.Concat(modifiers)}{returns} {Identifiers.Escape(method.Name)}{generics}({parameters}){constraints}";
    }

    private static string Parameter(IParameterSymbol parameter)
    {
        var modifier = parameter.IsParams ? "params " : parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => "",
        };
        var scoped = parameter.ScopedKind == ScopedKind.None || parameter.IsParams || parameter.RefKind == RefKind.Out
            ? ""
            : "scoped ";
        return $"{scoped}{modifier}{parameter.Type.ToDisplayString(TypeFormat)} {Identifiers.Escape(parameter.Name)}";
    }
}
