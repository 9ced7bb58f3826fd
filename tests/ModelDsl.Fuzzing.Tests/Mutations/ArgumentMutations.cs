using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Fuzzing.Tests.Language;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Arguments of attributes that take other values, names and places.</summary>
internal static class ArgumentMutations
{
    public static IEnumerable<Mutation> All =>
    [
        new("give an argument another value of its kind", 6, OfItsKind),
        new("give an argument any value", 2, Anything),
        new("add a named argument", 8, AddProperty),
        new("delete an argument", 2, Delete),
        new("double an argument", 1, Double),
        new("swap two arguments", 2, Swap),
        new("change a number", 5, Number),
        new("name a positional argument", 1, NameIt),
        new("give a block another type", 3, TypeArgument),
        new("write the arguments anew", 3, Rewrite),
    ];

    private static AttributeWord? Word(AttributeSyntax attribute) => attribute.Name switch
    {
        GenericNameSyntax generic => Vocabulary.Find(generic.Identifier.ValueText, isGeneric: true),
        SimpleNameSyntax simple => Vocabulary.Find(simple.Identifier.ValueText, isGeneric: false),
        _ => null,
    };

    private static string? OfItsKind(Draft draft)
    {
        if (draft.Any<AttributeArgumentSyntax>() is not { Parent.Parent: AttributeSyntax attribute } argument)
            return null;
        var grammar = draft.Grammar(attribute);
        var (type, name) = Kind(attribute, argument);
        return draft.Replace(argument.Expression, grammar.Values.Of(type, name));
    }

    private static (Type Type, string Name) Kind(AttributeSyntax attribute, AttributeArgumentSyntax argument)
    {
        var word = Word(attribute);
        var name = argument.NameEquals?.Name.Identifier.ValueText;
        if (word?.Properties.FirstOrDefault(property => property.Name == name) is { } property)
            return (property.PropertyType, property.Name);
        var position = attribute.ArgumentList!.Arguments.IndexOf(argument);
        var fitting = word?.Constructors.Where(parameters => parameters.Length > position).ToList();
        return fitting is [var parameters, ..]
            ? (typeof(object), parameters[position].Name ?? "")
            : (typeof(object), name ?? "");
    }

    private static string? Anything(Draft draft) =>
        draft.Any<AttributeArgumentSyntax>() is { } argument
            ? draft.Replace(argument.Expression, draft.Grammar(argument).Values.Any())
            : null;

    private static string? AddProperty(Draft draft)
    {
        var attribute = draft.Any<AttributeSyntax>(candidate => Word(candidate) is { Properties.Length: > 0 });
        if (attribute is null)
            return null;
        var property = draft.Grammar(attribute).Property(Word(attribute)!);
        return attribute.ArgumentList is { Arguments: [.., var last] }
            ? draft.Insert(last.Span.End, $", {property}")
            : draft.Insert(attribute.Name.Span.End, $"({property})");
    }

    private static string? Delete(Draft draft) =>
        draft.Any<AttributeArgumentSyntax>() is { Parent: AttributeArgumentListSyntax list } argument
            ? draft.Replace(list, $"({string.Join(", ", list.Arguments.Where(other => other != argument))})")
            : null;

    private static string? Double(Draft draft) =>
        draft.Any<AttributeArgumentSyntax>() is { } argument ? draft.Insert(argument.Span.End, $", {argument}") : null;

    private static string? Swap(Draft draft)
    {
        var (one, other) = (draft.Any<AttributeArgumentSyntax>(), draft.Any<AttributeArgumentSyntax>());
        return one is null || other is null || one == other ? null : draft.Swap(one.Expression, other.Expression);
    }

    private static string? Number(Draft draft)
    {
        var literal = draft.Any<LiteralExpressionSyntax>(candidate => candidate.IsKind(SyntaxKind.NumericLiteralExpression));
        return literal is null ? null : draft.Replace(literal, draft.Grammar(literal).Values.Expressions.Integer());
    }

    private static string? NameIt(Draft draft)
    {
        var argument = draft.Any<AttributeArgumentSyntax>(candidate => candidate is { NameEquals: null, NameColon: null });
        if (argument?.Parent?.Parent is not AttributeSyntax attribute || Word(attribute) is not { Constructors: [var first, ..] })
            return null;
        var position = attribute.ArgumentList!.Arguments.IndexOf(argument);
        return position < first.Length ? draft.Insert(argument.SpanStart, $"{first[position].Name}: ") : null;
    }

    private static string? TypeArgument(Draft draft) =>
        draft.Any<TypeArgumentListSyntax>(list => list.Parent?.Parent is AttributeSyntax) is { } list
            ? draft.Replace(list.Arguments[0], draft.Grammar(list).TypeArgument())
            : null;

    private static string? Rewrite(Draft draft) =>
        draft.Any<AttributeSyntax>(candidate => Word(candidate) is { IsLayer: true }) is { } attribute
            ? draft.Replace(attribute, draft.Grammar(attribute).Write(Word(attribute)!))
            : null;
}
