using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Attributes that are left out, doubled, moved, exchanged and added.</summary>
internal static class AttributeMutations
{
    public static IEnumerable<Mutation> All =>
    [
        new("delete an attribute", 3, Delete),
        new("double an attribute", 2, Double),
        new("swap two attributes", 3, Swap),
        new("move an attribute to another stage", 2, Move),
        new("add a layer", 8, AddLayer),
        new("put another layer in a layer's place", 5, Exchange),
        new("put a choice in a normalization's place", 4, ExchangeNormalization),
        new("add a choice to a class", 3, AddChoice),
        new("add an attribute to a class", 2, AddToClass),
        new("add an attribute to the assembly", 2, AddToAssembly),
        new("add an attribute to a stage, property or parameter", 3, AddToMember),
        new("give each attribute a list of its own", 1, Split),
        new("write an attribute's whole name", 1, WholeName),
    ];

    private static string? Swap(Draft draft)
    {
        var (one, other) = (draft.Any<AttributeSyntax>(), draft.Any<AttributeSyntax>());
        return one is null || other is null || one == other ? null : draft.Swap(one, other);
    }

    private static string? Delete(Draft draft)
    {
        if (draft.Any<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute)
            return null;
        return list.Attributes.Count == 1
            ? draft.Replace(list, "")
            : draft.Rewrite(list.Attributes, list.Attributes.Where(other => other != attribute).Select(other => $"{other}"));
    }

    private static string? Double(Draft draft) =>
        draft.Any<AttributeSyntax>() is { } attribute ? draft.Insert(attribute.Span.End, $", {attribute}") : null;

    private static string? Move(Draft draft)
    {
        var (attribute, place) = (draft.Any<AttributeSyntax>(), draft.Any<AttributeSyntax>());
        return attribute is null || place is null || place == attribute ? null : draft.Insert(place.Span.End, $", {attribute}");
    }

    private static AttributeSyntax? Layer(Draft draft) => draft.Any<AttributeSyntax>(attribute =>
        attribute.Parent?.Parent is MethodDeclarationSyntax or PropertyDeclarationSyntax);

    private static string? AddLayer(Draft draft)
    {
        if (Layer(draft) is not { } attribute)
            return null;
        var layer = draft.Grammar(attribute).Layer();
        return draft.Draw.Chance(0.7)
            ? draft.Insert(attribute.Span.End, $", {layer}")
            : draft.Insert(attribute.SpanStart, $"{layer}, ");
    }

    private static string? Exchange(Draft draft) =>
        Layer(draft) is { } attribute ? draft.Replace(attribute, draft.Grammar(attribute).Layer()) : null;

    private static string? ExchangeNormalization(Draft draft)
    {
        var found = draft.Any<AttributeSyntax>(attribute => $"{attribute.Name}".Contains("Norm", StringComparison.Ordinal));
        return found is null ? null : draft.Replace(found, draft.Grammar(found).Choice());
    }

    private static string? AddChoice(Draft draft) =>
        draft.Model() is { AttributeLists: [{ Attributes: [.., var last] }, ..] } type
            ? draft.Insert(last.Span.End, $", {draft.Grammar(type).Choice()}")
            : null;

    private static string? AddToClass(Draft draft) =>
        draft.Any<TypeDeclarationSyntax>() is { } type
            ? draft.Insert(type.SpanStart, $"[{draft.Grammar(type).Other()}]\n")
            : null;

    private static string? AddToAssembly(Draft draft)
    {
        if (draft.Any<TypeDeclarationSyntax>() is not { } type)
            return null;
        var grammar = draft.Grammar(type);
        var attribute = draft.Draw.Chance(0.8) ? grammar.Choice() : grammar.Other();
        var place = draft.Root.Usings.Count == 0 ? 0 : draft.Root.Usings[^1].Span.End;
        return draft.Insert(place, $"\n[assembly: {attribute}]\n");
    }

    private static string? AddToMember(Draft draft)
    {
        var target = draft.Draw.Below(3) switch
        {
            0 => (SyntaxNode?)draft.Any<ParameterSyntax>(),
            1 => draft.Any<PropertyDeclarationSyntax>(),
            _ => draft.Any<MethodDeclarationSyntax>(),
        };
        if (target is null)
            return null;
        var grammar = draft.Grammar(target);
        var kind = target is MethodDeclarationSyntax && draft.Draw.Chance(0.4) ? "return: " : "";
        return draft.Insert(
            target.SpanStart,
            draft.Draw.Chance(0.5)
                ? $"[{kind}Shape({Language.ValueGrammar.Quote(grammar.Values.Expressions.Shape())})] "
                : $"[{(kind.Length > 0 ? grammar.Other() : draft.Draw.Chance(0.5) ? grammar.Other() : grammar.Layer())}] ");
    }

    private static string? Split(Draft draft) =>
        draft.Any<AttributeListSyntax>(list => list.Attributes.Count > 1) is { } list
            ? draft.Replace(list, string.Concat(list.Attributes.Select(attribute => $"[{attribute}]\n")))
            : null;

    private static string? WholeName(Draft draft)
    {
        if (draft.Any<AttributeSyntax>(attribute => attribute.Name is SimpleNameSyntax) is not { Name: SimpleNameSyntax name })
            return null;
        var identifier = name.Identifier;
        var written = draft.Draw.Of(
            $"global::ModelDsl.{identifier}", $"ModelDsl.{identifier}Attribute", $"{identifier}Attribute", $"@{identifier}");
        return draft.Replace(identifier.Span, written);
    }
}
