using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>
/// A file without what only the readers of its own models look at: the attributes on their members. Classes in other
/// files see of a model that it is one, its constructors and the names of its members; of a program's statements nothing.
/// </summary>
internal sealed class Outline : CSharpSyntaxRewriter
{
    private static readonly SyntaxList<AttributeListSyntax> JustModel = SyntaxFactory.SingletonList(
        SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(
            SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("Model")))));

    private readonly List<ClassDeclarationSyntax> _models = [];
    private bool _isInModel;

    private Outline(SyntaxTree file, CancellationToken cancellationToken) => Root = Visit(file.GetRoot(cancellationToken));

    /// <summary>What is left of the file.</summary>
    public SyntaxNode Root { get; }

    /// <summary>The classes that were taken for models by the name of an attribute.</summary>
    public IReadOnlyList<ClassDeclarationSyntax> Models => _models;

    public static Outline Of(SyntaxTree file, CancellationToken cancellationToken) => new(file, cancellationToken);

    public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node)
    {
        var (isModel, isInModel) = (SaysModel(node), _isInModel);
        _isInModel = isModel;
        var visited = (ClassDeclarationSyntax)base.VisitClassDeclaration(node)!;
        _isInModel = isInModel;
        if (!isModel)
            return visited;
        _models.Add(node);
        return visited.WithAttributeLists(JustModel);
    }

    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => _isInModel ? null : node;

    public override SyntaxNode? VisitGlobalStatement(GlobalStatementSyntax node) =>
        SyntaxFactory.GlobalStatement(SyntaxFactory.EmptyStatement());

    /// <summary>
    /// Types stand in types and namespaces only; what else there is may be deeper than a visitor can go.
    /// </summary>
    [return: NotNullIfNotNull(nameof(node))]
    public override SyntaxNode? Visit(SyntaxNode? node) =>
        node is CompilationUnitSyntax or MemberDeclarationSyntax or AttributeListSyntax
            or BaseParameterListSyntax or ParameterSyntax
            ? base.Visit(node)
            : node;

    private static bool SaysModel(ClassDeclarationSyntax type) =>
        type.AttributeLists
            .SelectMany(list => list.Attributes)
            .Any(attribute => LastName(attribute.Name) is "Model" or "ModelAttribute");

    private static string? LastName(NameSyntax name) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        _ => null,
    };
}
