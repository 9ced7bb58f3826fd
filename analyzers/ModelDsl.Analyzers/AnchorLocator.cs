using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Definition;

namespace ModelDsl.Analyzers;

/// <summary>Finds the source characters that an anchor means; what can't be found is where its nearest surrounding is.</summary>
internal static class AnchorLocator
{
    public static Location Locate(INamedTypeSymbol type, Anchor anchor, CancellationToken cancellationToken)
    {
        var stage = anchor.Stage < 0 ? null : DeclarationReader.Stages(type).ElementAtOrDefault(anchor.Stage);
        var location = stage is not null ? InStage(stage, anchor, cancellationToken)
            : anchor.Tensor >= 0 ? InTensor(type, anchor, cancellationToken)
            : anchor.Method >= 0 ? InMethod(type, anchor, cancellationToken)
            : InClass(type, anchor, cancellationToken);
        return location ?? NameOf(type, cancellationToken);
    }

    /// <summary>The class's name in the part that says <c>[Model]</c>.</summary>
    private static Location NameOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var model = type.GetAttributes().FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ModelAttribute"));
        return Syntax(model, cancellationToken)
            ?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { Identifier.IsMissing: false } part
            ? part.Identifier.GetLocation()
            : type.Locations.FirstOrDefault() ?? Location.None;
    }

    private static Location? InClass(INamedTypeSymbol type, Anchor anchor, CancellationToken cancellationToken)
    {
        if (anchor.Argument?.StartsWith(Anchor.ConstructorParameter, StringComparison.Ordinal) == true)
            return DeclarationReader.PrimaryConstructor(type)?.Parameters
                .FirstOrDefault(parameter => parameter.Name == anchor.Argument.Substring(Anchor.ConstructorParameter.Length))
                ?.Locations.FirstOrDefault();
        if (anchor.Argument?.StartsWith(Anchor.OwnMember, StringComparison.Ordinal) == true)
            return GeneratedNames.Find(type, anchor.Argument.Substring(Anchor.OwnMember.Length))?.Locations.FirstOrDefault();
        if (InInitialization(type, anchor, cancellationToken) is { } initialization)
            return initialization;
        if (anchor.Argument == Anchor.Forward)
            return MethodReader.ForwardMethod(type)?.Locations.FirstOrDefault();
        var attribute = anchor.Argument switch
        {
            Anchor.Variant => LayerReader.VariantAttributes(type).FirstOrDefault(),
            Anchor.SecondVariant => LayerReader.VariantAttributes(type).ElementAtOrDefault(1),
            Anchor.Activation => LayerReader.ActivationAttributes(type).FirstOrDefault(),
            Anchor.SecondActivation => LayerReader.ActivationAttributes(type).ElementAtOrDefault(1),
            Anchor.TrackGradientNoise =>
                type.GetAttributes()
                    .FirstOrDefault(candidate => LayerReader.IsNamed(candidate, "TrackGradientNoiseAttribute")),
            _ => null,
        };
        return Syntax(attribute, cancellationToken)?.GetLocation();
    }

    /// <summary>A call or operator in a hand-written body, or what its method declares.</summary>
    private static Location? InMethod(INamedTypeSymbol type, Anchor anchor, CancellationToken cancellationToken)
    {
        if (ForwardMethodReader.Methods(type).ElementAtOrDefault(anchor.Method) is not { } method)
            return null;
        var call = anchor.Call >= 0 && ForwardMethodReader.Syntax(method) is { } syntax
            ? ForwardNodes.Locate(syntax, anchor.Call)
            : null;
        var attribute = anchor.Argument switch
        {
            Anchor.InputShape => Shape(method.Parameters.ElementAtOrDefault(anchor.Parameter)?.GetAttributes() ?? []),
            Anchor.OutputShape => Shape(method.GetReturnTypeAttributes()),
            _ => null,
        };
        return call
            ?? (Syntax(attribute, cancellationToken) is { } declared ? InAttribute(attribute!, declared, "Axes", anchor) : null)
            ?? method.Locations.FirstOrDefault();
    }

    private static Location? InTensor(INamedTypeSymbol type, Anchor anchor, CancellationToken cancellationToken)
    {
        var property = PropertyReader.Symbols(type).ElementAtOrDefault(anchor.Tensor);
        var attribute = property is null ? null : PropertyReader.Attribute(property);
        return anchor.Argument is { } argument && Syntax(attribute, cancellationToken) is { } syntax
            ? InAttribute(attribute!, syntax, argument, anchor)
            : property?.Locations.FirstOrDefault();
    }

    private static Location? InStage(ISymbol stage, Anchor anchor, CancellationToken cancellationToken)
    {
        if (anchor.Argument?.StartsWith(Anchor.Context, StringComparison.Ordinal) == true)
            return InContext(stage, anchor, cancellationToken);
        if (InInitialization(stage, anchor, cancellationToken) is { } initialization)
            return initialization;
        var attribute = anchor switch
        {
            { Argument: Anchor.InputShape } => Shape(InputAttributes(stage)),
            { Argument: Anchor.OutputShape } when stage is IMethodSymbol method => Shape(method.GetReturnTypeAttributes()),
            { Argument: Anchor.Level } => stage.GetAttributes()
                .FirstOrDefault(candidate => LayerReader.IsNamed(candidate, "StageAttribute")),
            { Layer: >= 0 } => LayerReader.SoundLayers(stage).ElementAtOrDefault(anchor.Layer),
            _ => null,
        };
        if (Syntax(attribute, cancellationToken) is not { } syntax)
            return stage.Locations.FirstOrDefault();
        var name = anchor.Argument switch
        {
            Anchor.InputShape or Anchor.OutputShape => "Axes",
            Anchor.Level => "Name",
            _ => anchor.Argument,
        };
        return InAttribute(attribute!, syntax, name, anchor);
    }

    /// <summary>The shape of a further parameter of a stage, or the parameter.</summary>
    private static Location? InContext(ISymbol stage, Anchor anchor, CancellationToken cancellationToken)
    {
        var position = int.Parse(anchor.Argument!.Substring(Anchor.Context.Length), CultureInfo.InvariantCulture);
        if ((stage as IMethodSymbol)?.Parameters.ElementAtOrDefault(position) is not { } parameter)
            return stage.Locations.FirstOrDefault();
        var shape = Shape(parameter.GetAttributes());
        return Syntax(shape, cancellationToken) is { } syntax && anchor.Length > 0
            ? InAttribute(shape!, syntax, "Axes", anchor)
            : parameter.Locations.FirstOrDefault();
    }

    private static Location? InInitialization(ISymbol symbol, Anchor anchor, CancellationToken cancellationToken)
    {
        if (anchor.Argument?.StartsWith(Anchor.Initialization, StringComparison.Ordinal) != true)
            return null;
        var attribute = symbol.GetAttributes()
            .FirstOrDefault(candidate => LayerReader.IsNamed(candidate, "InitializationAttribute"));
        return Syntax(attribute, cancellationToken) is { } syntax
            ? InAttribute(attribute!, syntax, anchor.Argument.Substring(Anchor.Initialization.Length), anchor)
            : null;
    }

    private static ImmutableArray<AttributeData> InputAttributes(ISymbol stage) => stage is IMethodSymbol method
        ? method.Parameters.IsEmpty ? [] : method.Parameters[0].GetAttributes()
        : stage.GetAttributes();

    private static Location InAttribute(AttributeData attribute, AttributeSyntax syntax, string? name, Anchor anchor) =>
        name is not null && Argument(attribute, syntax, name, anchor.Element) is { } value
            ? Location.Create(syntax.SyntaxTree, ConstantText.Locate(value, anchor.Start, anchor.Length))
            : syntax.GetLocation();

    private static AttributeData? Shape(IEnumerable<AttributeData> attributes) =>
        attributes.FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ShapeAttribute"));

    private static AttributeSyntax? Syntax(AttributeData? attribute, CancellationToken cancellationToken) =>
        attribute?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;

    /// <summary>
    /// The argument that sets a property: named after it, or of the constructor's parameter that is called like it.
    /// </summary>
    private static ExpressionSyntax? Argument(AttributeData attribute, AttributeSyntax syntax, string property, int element)
    {
        var arguments = syntax.ArgumentList?.Arguments ?? default;
        if (arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property) is { } named)
            return Element(named.Expression, element);
        var parameters = attribute.AttributeConstructor?.Parameters ?? [];
        var parameter = parameters.FirstOrDefault(
            candidate => string.Equals(candidate.Name, property, StringComparison.OrdinalIgnoreCase));
        if (parameter is null)
            return null;
        if (arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name) is { } colon)
            return Element(colon.Expression, element);
        var positional = arguments
            .Where(argument => argument is { NameColon: null, NameEquals: null })
            .Skip(parameter.Ordinal)
            .ToList();
        var isExpanded = parameter.IsParams && positional.Count != 1;
        return isExpanded
            ? positional.ElementAtOrDefault(element)?.Expression
            : Element(positional.FirstOrDefault()?.Expression, element);
    }

    /// <summary>An element of an array; of anything else the whole.</summary>
    private static ExpressionSyntax? Element(ExpressionSyntax? expression, int element) => expression switch
    {
        CollectionExpressionSyntax list =>
            (list.Elements.ElementAtOrDefault(element) as ExpressionElementSyntax)?.Expression ?? list,
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.ElementAtOrDefault(element) ?? array,
        ArrayCreationExpressionSyntax { Initializer: { } initializer } =>
            initializer.Expressions.ElementAtOrDefault(element) ?? expression,
        _ => expression,
    };
}
