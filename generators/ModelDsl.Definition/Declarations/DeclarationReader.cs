using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>
/// Read: one class's own syntax and symbol to a <see cref="ModelDeclaration"/>. The only step that sees symbols. It
/// asks nothing that generation changes, so that generator and analyzers read the same.
/// </summary>
public static class DeclarationReader
{
    public static ModelDeclaration Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var parts = PartOrder.Parts(type).OfType<TypeDeclarationSyntax>().ToImmutableArray();
        var stages = ImmutableArray.CreateBuilder<StageDeclaration>();
        foreach (var member in Stages(type))
        {
            cancellationToken.ThrowIfCancellationRequested();
            stages.Add(StageReader.Read(member));
        }
        return new(
            MetadataNames.Of(type),
            type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "",
            type.Name,
            Heads(type),
            IsPartial(type),
            HasOwnBase(type),
            MethodReader.ForwardMethod(type) is not null,
            parts.Any(Comments.IsDocumented),
            ParameterReader.Read(PrimaryConstructor(type)),
            parts.SelectMany(SizeProperties).ToEquatableArray(),
            MemberNames(type),
            stages.ToImmutable(),
            LayerReader.Variant(type),
            LayerReader.Variant(type.ContainingAssembly),
            type.GetAttributes().Any(attribute => LayerReader.IsNamed(attribute, "TrackGradientNoiseAttribute")))
        {
            Kind = KindOf(type),
            IsFileLocal = IsFileLocal(type),
            IsStatic = type.IsStatic,
            TakenNames = GeneratedNames.TakenIn(type),
            VariantCount = LayerReader.VariantAttributes(type).Count(),
            AssemblyVariantCount = LayerReader.VariantAttributes(type.ContainingAssembly).Count(),
            Initialization = LayerReader.Find(type, "InitializationAttribute"),
            AssemblyInitialization = LayerReader.Find(type.ContainingAssembly, "InitializationAttribute"),
            Forward = MethodReader.Forward(type),
            ForwardMethods = MethodReader.ForwardMethod(type) is null ? default : ForwardMethodReader.ReadAll(type),
            Methods = MethodReader.Read(type),
            StaticInitializers = MethodReader.StaticInitializers(type),
            Tensors = PropertyReader.Tensors(type),
            Activation = LayerReader.Activation(type),
            ActivationCount = LayerReader.ActivationAttributes(type).Count(),
            AssemblyActivationCount = LayerReader.ActivationAttributes(type.ContainingAssembly).Count(),
            AssemblyActivation = LayerReader.Activation(type.ContainingAssembly),
        };
    }

    /// <summary>The methods and properties that carry layer attributes, in order of declaration.</summary>
    public static IEnumerable<ISymbol> Stages(INamedTypeSymbol type) => PartOrder.Members(type)
        .Where(member => member is IMethodSymbol or IPropertySymbol && IsOwn(member) && LayerReader.HasLayers(member));

    /// <summary>Whether the author wrote the symbol: generated members don't count.</summary>
    public static bool IsOwn(ISymbol symbol) => !symbol.IsImplicitlyDeclared && OwnSyntax(symbol).Any();

    private static IEnumerable<SyntaxNode> OwnSyntax(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences
            .Where(reference => !IsGenerated(reference.SyntaxTree))
            .Select(reference => reference.GetSyntax());

    /// <summary>Whether a generator wrote the file.</summary>
    public static bool IsGenerated(SyntaxTree tree) => tree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase);

    /// <summary>The constructor whose parameters are the model's hyper-parameters.</summary>
    public static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type) =>
        type.InstanceConstructors.FirstOrDefault(
            constructor => OwnSyntax(constructor).Any(syntax => syntax is TypeDeclarationSyntax));

    /// <summary>In an order that no order of files changes.</summary>
    private static EquatableArray<string> MemberNames(INamedTypeSymbol type) => type.GetMembers()
        .Where(IsOwn)
        .Select(member => member.Name)
        .Distinct()
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    private static EquatableArray<string> Heads(INamedTypeSymbol type)
    {
        var heads = new Stack<string>();
        for (var current = type; current is not null; current = current.ContainingType)
            heads.Push(Head(current));
        return heads.ToEquatableArray();
    }

    private static string Head(INamedTypeSymbol type)
    {
        var parameters = type.TypeParameters.IsEmpty
            ? ""
            : $"<{string.Join(", ", type.TypeParameters.Select(parameter => Identifiers.Escape(parameter.Name)))}>";
        return $"partial {KindOf(type)} {Identifiers.Escape(type.Name)}{parameters}";
    }

    private static string KindOf(INamedTypeSymbol type) => (type.IsRecord, type.TypeKind) switch
    {
        (true, TypeKind.Struct) => "record struct",
        (true, _) => "record",
        (_, TypeKind.Struct) => "struct",
        (_, TypeKind.Interface) => "interface",
        _ => "class",
    };

    private static bool IsFileLocal(INamedTypeSymbol type) =>
        type.IsFileLocal || (type.ContainingType is { } outer && IsFileLocal(outer));

    private static bool IsPartial(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (!OwnSyntax(current).OfType<TypeDeclarationSyntax>().All(part => part.Modifiers.Any(SyntaxKind.PartialKeyword)))
                return false;
        }
        return true;
    }

    /// <summary>
    /// Before generation the base is <c>object</c>, afterwards the generated one: neither was written by the author. Of
    /// a base that doesn't exist the compiler speaks.
    /// </summary>
    private static bool HasOwnBase(INamedTypeSymbol type) =>
        OwnSyntax(type).OfType<ClassDeclarationSyntax>()
            .Any(part => IsUnseenBase(part.BaseList?.Types.FirstOrDefault()?.Type, type))
        || type is
        {
            TypeKind: TypeKind.Class,
            BaseType: { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } written,
        }
        && !(written.Name == "Model" && written.ContainingNamespace?.ToDisplayString() == "ModelDsl");

    /// <summary>One who writes <c>: object</c>, or the class itself, gives it a base of which its symbol tells nothing.</summary>
    private static bool IsUnseenBase(TypeSyntax? written, INamedTypeSymbol type) => written switch
    {
        IdentifierNameSyntax { Identifier.ValueText: "Object" } => true,
        SimpleNameSyntax simple => simple.Identifier.ValueText == type.Name && simple.Arity == type.Arity,
        PredefinedTypeSyntax predefined => predefined.Keyword.IsKind(SyntaxKind.ObjectKeyword),
        QualifiedNameSyntax { Right.Identifier.ValueText: "Object" } qualified =>
            qualified.Left is IdentifierNameSyntax { Identifier.ValueText: "System" } or AliasQualifiedNameSyntax,
        _ => false,
    };

    private static IEnumerable<SizePropertyDeclaration> SizeProperties(TypeDeclarationSyntax part) =>
        from property in part.Members.OfType<PropertyDeclarationSyntax>()
        where property.ExpressionBody is not null
        select new SizePropertyDeclaration(property.Identifier.ValueText, property.ExpressionBody!.Expression.ToString());
}
