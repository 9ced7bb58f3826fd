using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>Reads one stage.</summary>
internal static class StageReader
{
    internal static readonly SymbolDisplayFormat TypeFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static StageDeclaration Read(ISymbol member) =>
        member is IPropertySymbol property ? Read(property) : Read((IMethodSymbol)member);

    private static StageDeclaration Read(IMethodSymbol method)
    {
        var syntax = method.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax())
            .OfType<MethodDeclarationSyntax>()
            .FirstOrDefault();
        var inputs = ContextReader.Read(method);
        return new(
            method.Name,
            syntax is null ? "" : Head(method, syntax),
            IsStage(method) ? inputs[0].Code : null,
            inputs.Count == 0 ? null : inputs[0].Shape,
            BlockReader.ShapeOf(method.GetReturnTypeAttributes()),
            Layers(method),
            CanImplement(syntax),
            LayerReader.Layers(method).Any(LayerReader.IsBroken) || HasUnknownType(method),
            HasUnknownType(method),
            syntax is not null && Comments.IsDocumented(syntax))
        {
            File = PartOrder.FileOf(method),
            CanBeOverridden = method.Name != "forward" && CanBeOverridden(method),
            Contexts = inputs.Skip(1).ToEquatableArray(),
            InputLayout = inputs.Count == 0 ? ChannelLayout.Default : inputs[0].Layout,
            Level = LayerReader.Find(method, "StageAttribute")?["Name"]?.Text,
            IsNumbered = LayerReader.Find(method, "StageAttribute")?["Numbered"]?.Number == 1,
            Initialization = LayerReader.Find(method, "InitializationAttribute"),
        };
    }

    private static StageDeclaration Read(IPropertySymbol property)
    {
        var declaration = PropertyReader.Read(property);
        var shape = LayerReader.Find(property, "ShapeAttribute");
        return new(
            property.Name,
            declaration.Head,
            "input",
            shape?["Axes"]?.Text,
            null,
            Layers(property),
            declaration.CanImplement,
            LayerReader.Layers(property).Any(LayerReader.IsBroken) || property.Type.TypeKind == TypeKind.Error,
            property.Type.TypeKind == TypeKind.Error,
            PropertyReader.IsDocumented(property))
        {
            InputLayout = (ChannelLayout)(shape?["Layout"]?.Number ?? 0),
            Initialization = LayerReader.Find(property, "InitializationAttribute"),
            Property = declaration,
        };
    }

    private static bool CanBeOverridden(IMethodSymbol method) =>
        (method.IsVirtual || method.IsAbstract || (method.IsOverride && !method.IsSealed)) && !method.ContainingType.IsSealed;

    private static EquatableArray<LayerDeclaration> Layers(ISymbol member) =>
        LayerReader.SoundLayers(member).Select(layer => LayerReader.Read(layer, member.ContainingAssembly)).ToEquatableArray();

    /// <summary>A tensor and what goes with it in, a tensor out.</summary>
    private static bool IsStage(IMethodSymbol method) =>
        !method.IsStatic && IsOfTensors(method);

    /// <summary>Whether generated code can call a method on a tensor and get one.</summary>
    internal static bool IsOfTensors(IMethodSymbol method) =>
        method is { Parameters: [{ } input, ..], IsGenericMethod: false, RefKind: RefKind.None }
        && method.Parameters.All(parameter => parameter is { RefKind: RefKind.None, IsParams: false })
        && IsTensor(input.Type)
        && input.NullableAnnotation != NullableAnnotation.Annotated
        && IsTensor(method.ReturnType)
        && method.ReturnNullableAnnotation != NullableAnnotation.Annotated;

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
        var returns = ByReference(method.RefKind) + method.ReturnType.ToDisplayString(TypeFormat);
        var generics = method.TypeParameters.IsEmpty
            ? ""
            : $"<{string.Join(", ", method.TypeParameters.Select(parameter => Identifiers.Escape(parameter.Name)))}>";
        var constraints = string.Concat(
            syntax.ConstraintClauses.Select(clause => " " + clause.NormalizeWhitespace().ToFullString()));
        var parameters = string.Join(", ", method.Parameters.Select(Parameter));
        return $"{string.Concat(modifiers)}{returns} {Identifiers.Escape(method.Name)}{generics}({parameters}){constraints}";
    }

    /// <summary>How a member returns what it returns.</summary>
    internal static string ByReference(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.RefReadOnly => "ref readonly ",
        _ => "",
    };

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
