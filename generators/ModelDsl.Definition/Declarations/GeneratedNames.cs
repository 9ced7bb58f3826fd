using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>
/// The names of generated members, which neither the class nor another member can have, and of inherited ones that generated
/// code calls: a member of such a name would be called instead.
/// </summary>
public static class GeneratedNames
{
    /// <summary>Each with the number of its method's parameters: one with another number is free. Null where none is.</summary>
    private static readonly ImmutableDictionary<string, int?> Generated = new Dictionary<string, int?>
    {
        ["forward"] = null,
        ["GetName"] = 0,
        ["RegisterLayers"] = 0,
        ["DescribeStages"] = 0,
        ["TieParameters"] = 0,
        ["MoveParameters"] = 1,
    }.ToImmutableDictionary();

    private static readonly ImmutableHashSet<string> Called = ["GiveUp", "PassOn", "Reached", "TakeOver", "TakesOver"];

    internal static EquatableArray<string> TakenIn(INamedTypeSymbol type) => Generated.Keys.Concat(Called)
        .Where(name => name == type.Name || Member(type, name) is not null)
        .Concat(StageParameters(type).Select(parameter => parameter.Name))
        .Distinct()
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>
    /// What the author gave a name that is generated or that generated code calls: a member, or a stage's parameter.
    /// </summary>
    public static ISymbol? Find(INamedTypeSymbol type, string name) =>
        Member(type, name) ?? StageParameters(type).FirstOrDefault(parameter => parameter.Name == name);

    private static ISymbol? Member(INamedTypeSymbol type, string name) =>
        type.GetMembers(name).FirstOrDefault(
            member => DeclarationReader.IsOwn(member) && (Called.Contains(name) || !IsOverload(member, Generated[name])));

    private static IEnumerable<ISymbol> StageParameters(INamedTypeSymbol type) => DeclarationReader.Stages(type)
        .OfType<IMethodSymbol>()
        .SelectMany(stage => stage.Parameters)
        .Where(parameter => Called.Contains(parameter.Name));

    /// <summary>Whether a member may stand beside the generated one.</summary>
    private static bool IsOverload(ISymbol member, int? parameters) =>
        member is IMethodSymbol method && (method.IsGenericMethod || method.Parameters.Length != parameters);
}
