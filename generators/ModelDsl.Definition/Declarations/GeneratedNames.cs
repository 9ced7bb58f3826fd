using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>
/// The names of generated members, which neither the class nor another member can have, and of inherited ones that generated
/// code calls: a member of such a name would be called instead.
/// </summary>
public static class GeneratedNames
{
    /// <summary>Each with the parameters that its method has; any number where the author may write it.</summary>
    private static readonly ImmutableDictionary<string, int?> Names = new Dictionary<string, int?>
    {
        ["forward"] = null,
        ["GetName"] = 0,
        ["RegisterLayers"] = 0,
        ["DescribeStages"] = 0,
        ["TieParameters"] = 0,
        ["MoveParameters"] = 1,
    }.ToImmutableDictionary();

    private static readonly ImmutableHashSet<string> Called = ["GiveUp", "PassOn", "Reached", "TakeOver", "TakesOver"];

    internal static EquatableArray<string> TakenIn(INamedTypeSymbol type) => Names.Keys.Concat(Called)
        .Where(name => name == type.Name || Member(type, name) is not null)
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The author's member that stands where a generated one must.</summary>
    public static ISymbol? Member(INamedTypeSymbol type, string name) =>
        type.GetMembers(name).FirstOrDefault(
            member => DeclarationReader.IsOwn(member) && (Called.Contains(name) || !IsOverload(member, Names[name])));

    /// <summary>Whether a member may stand beside the generated one.</summary>
    private static bool IsOverload(ISymbol member, int? parameters) =>
        member is IMethodSymbol method && (method.IsGenericMethod || method.Parameters.Length != parameters);
}
