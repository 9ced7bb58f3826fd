using System.Reflection;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Fuzzing.Tests.Language;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Models that nest others, themselves, or are built by calls.</summary>
internal static class ModelMutations
{
    private const string HandWritten = """


        public sealed class OwnBlock(int width, double scale = 1) : nn.Module<Tensor, Tensor>("own")
        {
            [return: Shape("N, T, width")]
            public override Tensor forward([Shape("N, T, width")] Tensor x) => x * (scale + width);
        }

        """;

    private const string OwnNormalization = """


        public sealed class OwnNorm(NormalizationSite site) : nn.Module<Tensor, Tensor>("own")
        {
            public override Tensor forward(Tensor x) => x / site.Channels;
        }

        """;

    public static IEnumerable<Mutation> All =>
    [
        new("nest a type of the file", 4, Nest),
        new("nest the class itself", 1, NestSelf),
        new("add a hand-written block", 2, draft => AddType(draft, HandWritten)),
        new("add a normalization of one's own", 2, draft => AddType(draft, OwnNormalization)),
        new("build a model in a call", 6, Call),
        new("swap two names of types", 2, SwapNames),
    ];

    private static string? Nest(Draft draft)
    {
        if (draft.Any<AttributeSyntax>(attribute => attribute.Parent?.Parent is MethodDeclarationSyntax) is not { } place)
            return null;
        var grammar = draft.Grammar(place);
        var repeat = draft.Draw.Of("", $", Repeat = {grammar.Values.Of(typeof(object), "Repeat")}", ", Repeat = 2");
        var arguments = ValueGrammar.Quote(grammar.Values.Expressions.Arguments());
        return draft.Insert(place.Span.End, $", Block<{grammar.TypeArgument()}>({arguments}{repeat})");
    }

    private static string? NestSelf(Draft draft) =>
        draft.Any<AttributeSyntax>(attribute => attribute.Parent?.Parent is MethodDeclarationSyntax) is { } place
        && place.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            ? draft.Replace(place, $"Block<{type.Identifier}>")
            : null;

    private static string? AddType(Draft draft, string text) =>
        draft.Any<TypeDeclarationSyntax>(type => type.Parent is not TypeDeclarationSyntax) is { } type
            ? draft.Insert(type.FullSpan.End, text)
            : null;

    private static string? Call(Draft draft)
    {
        var type = draft.Any<TypeDeclarationSyntax>(
            candidate => candidate.Parent is not TypeDeclarationSyntax && candidate.AttributeLists.Count > 0);
        if (type is null)
            return null;
        var arguments = (type.ParameterList?.Parameters ?? [])
            .Where(parameter => parameter.Default is null || draft.Draw.Chance(0.6))
            .Select(parameter => $"{parameter.Identifier}: {Value(draft, $"{parameter.Type}")}");
        var creation = $"new {type.Identifier}({string.Join(", ", arguments)})";
        return draft.Insert(
            type.FullSpan.End,
            $"\ninternal static class Uses{draft.Draw.Below(1000)}\n{{\n    internal static object Build() => {creation};\n}}\n");
    }

    private static string Value(Draft draft, string type) => type switch
    {
        "int" or "long" => draft.Draw.Of("1", "2", "4", "8", "16", "56", "0", "-1", "int.MaxValue", "3 * 7"),
        "double" or "float" => draft.Draw.Of("0", "1", "-1"),
        "bool" => draft.Draw.Of("true", "false"),
        "int[]" => draft.Draw.Of("[]", "[1, 2]", "[2, 2, 6]", "null!"),
        "string" => "\"text\"",
        "Normalization" or "Activation" => Factory(draft, type),
        _ => "default!",
    };

    private static string Factory(Draft draft, string type)
    {
        var method = draft.Draw.Of([.. Vocabulary.Factories.Where(factory => factory.ReturnType.Name == type)]);
        var tracked = type == "Normalization" && draft.Draw.Chance(0.2) ? ".Tracked()" : "";
        if (draft.Draw.Chance(0.05))
            return draft.Draw.Of("default", "default!");
        var arguments = method.GetParameters().Select(parameter => Argument(draft, parameter)).OfType<string>();
        return $"{type}.{method.Name}({string.Join(", ", arguments)}){tracked}";
    }

    private static string? Argument(Draft draft, ParameterInfo parameter)
    {
        if (parameter.IsOptional && draft.Draw.Chance(0.6))
            return null;
        var type = parameter.ParameterType;
        var value = type == typeof(int) ? draft.Draw.Of("1", "2", "3", "8", "0", "-1")
            : type == typeof(double) ? draft.Draw.Of("0.1", "1", "0")
            : type == typeof(bool) ? draft.Draw.Of("true", "false")
            : type.IsEnum ? $"{type.Name}.{draft.Draw.Of(Enum.GetNames(type))}"
            : "default!";
        return $"{parameter.Name}: {value}";
    }

    private static string? SwapNames(Draft draft)
    {
        var types = draft.All<TypeDeclarationSyntax>();
        if (types.Count < 2)
            return null;
        var (one, other) = (draft.Draw.Of(types), draft.Draw.Of(types));
        return one == other ? null : draft.Replace(one.Identifier.Span, other.Identifier.Text) is var changed
            && other.SpanStart > one.SpanStart
                ? changed
                : null;
    }
}
