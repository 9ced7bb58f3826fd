using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>
/// A clean report compiles without a warning, and beside a rule's error no second one shows: not in the author's text, not in
/// generated files.
/// </summary>
internal static class CompilerOracle
{
    /// <summary>Rules about a class that can't have another part: the compiler keeps missing what would stand in it.</summary>
    private static readonly string[] WithoutPart = ["MDL001", "MDL002", "MDL003", "MDL007"];

    public static IEnumerable<Fault> Check(Expansion expansion, CompilerComparison comparison)
    {
        if (comparison.HasOwnErrors)
            yield break;
        var report = expansion.HasErrors ? "beside a rule's error" : "of a clean report";
        var excused = expansion.HasErrors ? OddForwards(expansion) : [];
        foreach (var diagnostic in comparison.New.Where(diagnostic => !IsExcused(diagnostic, excused)))
        {
            var place = comparison.IsGenerated(diagnostic) ? "in generated code" : "in the author's text";
            yield return new($"{diagnostic.Id} {place} {report}", $"{diagnostic}\n{Line(diagnostic)}");
        }
        if (!expansion.Findings.Any(finding => WithoutPart.Contains(finding.Id)))
        {
            foreach (var diagnostic in comparison.WithoutBody.Where(diagnostic => !IsExcused(diagnostic, excused)))
                yield return new($"{diagnostic.Id} is not resolved {report}", $"{diagnostic}\n{Line(diagnostic)}");
        }
        if (!expansion.HasErrors)
        {
            foreach (var diagnostic in comparison.Stayed.Where(IsUnreadParameterOfTheLanguage))
                yield return new(
                    $"{diagnostic.Id} of a parameter that the declaration names", $"{diagnostic}\n{Line(diagnostic)}");
        }
    }

    /// <summary>The overrides of <c>forward</c> that no module has: what a rule says of them the compiler says too.</summary>
    private static List<MemberDeclarationSyntax> OddForwards(Expansion expansion) =>
    [
        .. expansion.Before.SyntaxTrees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(method => method.Identifier.ValueText == "forward" && !IsOfTensors(method)),
    ];

    private static bool IsOfTensors(MethodDeclarationSyntax method) =>
        method is { TypeParameterList: null, ParameterList.Parameters: [{ Type: { } input }, ..] }
        && IsTensor(input)
        && IsTensor(method.ReturnType)
        && method.ParameterList.Parameters.All(parameter => parameter.Modifiers.Count == 0);

    private static bool IsTensor(TypeSyntax type) => $"{type}" is "Tensor" or "torch.Tensor";

    /// <summary>Of such a <c>forward</c>, and of its class, which then lacks one.</summary>
    private static bool IsExcused(Diagnostic diagnostic, List<MemberDeclarationSyntax> members) =>
        members.Exists(member => member == CompilerComparison.Member(diagnostic)
            || (diagnostic.Id == "CS0534" && member.Parent == CompilerComparison.Member(diagnostic)));

    /// <summary>A constructor's parameter that an attribute of the class names is read, as its author sees it.</summary>
    private static bool IsUnreadParameterOfTheLanguage(Diagnostic diagnostic)
    {
        if (diagnostic.Id != "CS9113" || diagnostic.Location.SourceTree?.GetRoot() is not { } root)
            return false;
        var node = root.FindNode(diagnostic.Location.SourceSpan);
        if (node.FirstAncestorOrSelf<ParameterSyntax>() is not { } parameter
            || node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type
            || !type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => $"{attribute.Name}" == "Model"))
            return false;
        var name = $@"\b{Regex.Escape(parameter.Identifier.ValueText)}\b(?!\s*:)";
        return type.Members.SelectMany(member => member.DescendantNodes().OfType<AttributeSyntax>())
            .Any(attribute => Regex.IsMatch($"{attribute.ArgumentList}", name));
    }

    private static string Line(Diagnostic diagnostic) =>
        $"{diagnostic.Location.SourceTree?.GetText().Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start)}";
}
