using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>
/// The order of the members of a class whose parts stand in several files: those of the file that says <c>[Model]</c> come
/// first, those of the others by path. The compiler takes the files as they are given to it, which may be another order on
/// another machine.
/// </summary>
internal static class PartOrder
{
    /// <summary>The members of a class in this order, those of one file as they stand there.</summary>
    public static IEnumerable<ISymbol> Members(INamedTypeSymbol type)
    {
        var files = Files(type);
        return files.Count < 2 ? type.GetMembers() : type.GetMembers().OrderBy(member => FileOf(member, files));
    }

    /// <summary>The author's parts of a class in this order.</summary>
    public static IEnumerable<SyntaxNode> Parts(INamedTypeSymbol type)
    {
        var files = Files(type);
        return type.DeclaringSyntaxReferences
            .Where(reference => !DeclarationReader.IsGenerated(reference.SyntaxTree))
            .OrderBy(reference => files.IndexOf(reference.SyntaxTree.FilePath))
            .Select(reference => reference.GetSyntax());
    }

    /// <summary>The place of a member's file among those of its class.</summary>
    public static int FileOf(ISymbol member) => FileOf(member, Files(member.ContainingType));

    private static int FileOf(ISymbol member, List<string> files) =>
        files.Count < 2 || Own(member).FirstOrDefault() is not { } file ? 0 : files.IndexOf(file.FilePath);

    private static List<string> Files(INamedTypeSymbol type)
    {
        var files = Own(type).Select(tree => tree.FilePath).Distinct().ToList();
        if (files.Count < 2)
            return files;
        var first = type.GetAttributes()
            .FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ModelAttribute"))
            ?.ApplicationSyntaxReference?.SyntaxTree.FilePath;
        return files.OrderBy(path => path != first)
            .ThenBy(path => path.Replace('\\', '/'), StringComparer.Ordinal)
            .ToList();
    }

    private static IEnumerable<SyntaxTree> Own(ISymbol symbol) => symbol.DeclaringSyntaxReferences
        .Select(reference => reference.SyntaxTree)
        .Where(tree => !DeclarationReader.IsGenerated(tree));
}
