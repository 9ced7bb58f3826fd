using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Parameters of constructors and stages that come, go, move and take other names and types.</summary>
internal static class ParameterMutations
{
    private static readonly string[] Names =
    [
        "index", "count", "width", "norm", "x", "@int", "@class", "mask", "_x", "input", "Width", "site", "graph", "stride",
        "this_", "\\u0061b",
        "é", "training", "_sizes", "value", "conv", "result",
    ];

    private static readonly string[] Types =
    [
        "int", "long", "double", "bool", "string", "int[]", "Normalization", "Activation", "Tensor", "Tensor?", "int?",
        "float", "Init",
        "params int[]", "object", "dynamic", "List<int>", "(int, int)", "nint", "short", "Func<Tensor, Tensor>", "ref int",
        "in int", "decimal", "uint",
    ];

    public static IEnumerable<Mutation> All =>
    [
        new("add a constructor parameter", 3, AddToConstructor),
        new("add a parameter to a stage", 3, AddToStage),
        new("delete a parameter", 2, Delete),
        new("swap two parameters", 2, Swap),
        new("rename a parameter", 1, draft => Named(draft, draft.Draw.Of(Names))),
        new("rename a parameter wherever it stands", 3, RenameAll),
        new("give a parameter another type", 4, Retype),
        new("give a parameter a default", 3, Default),
    ];

    private static string? AddToConstructor(Draft draft)
    {
        if (draft.Model() is not { } type)
            return null;
        var parameter = $"{draft.Draw.Of(Types)} {draft.Draw.Of(Names)}{draft.Draw.Of("", " = default", " = 3")}";
        return type.ParameterList switch
        {
            null => draft.Insert((type.TypeParameterList?.Span ?? type.Identifier.Span).End, $"({parameter})"),
            { Parameters: [] } list => draft.Replace(list, $"({parameter})"),
            { Parameters: [.., var last] } when draft.Draw.Chance(0.6) => draft.Insert(last.Span.End, $", {parameter}"),
            { Parameters: [var first, ..] } => draft.Insert(first.SpanStart, $"{parameter}, "),
        };
    }

    private static string? AddToStage(Draft draft)
    {
        var type = draft.Draw.Of("Tensor", "Tensor", "Tensor?", draft.Draw.Of(Types));
        return draft.Any<MethodDeclarationSyntax>(method => method.ParameterList.Parameters.Count > 0) is { } method
            ? draft.Insert(
                method.ParameterList.Parameters[^1].Span.End,
                $", {type} {draft.Draw.Of("mask", "y", "graph", draft.Draw.Of(Names))}"
                    + draft.Draw.Of("", "", " = null", " = default"))
            : null;
    }

    private static string? Delete(Draft draft) =>
        draft.Any<ParameterSyntax>() is { Parent: ParameterListSyntax list } parameter
            ? draft.Replace(list, $"({string.Join(", ", list.Parameters.Where(other => other != parameter))})")
            : null;

    private static string? Swap(Draft draft)
    {
        if (draft.Any<ParameterListSyntax>(list => list.Parameters.Count > 1) is not { } list)
            return null;
        var (one, other) = (draft.Draw.Of(list.Parameters), draft.Draw.Of(list.Parameters));
        return one == other ? null : draft.Swap(one, other);
    }

    private static string? Named(Draft draft, string name) =>
        draft.Any<ParameterSyntax>() is { } parameter ? draft.Replace(parameter.Identifier.Span, name) : null;

    private static string? RenameAll(Draft draft)
    {
        if (draft.Any<ParameterSyntax>(parameter => parameter.Identifier.ValueText.Length > 0) is not { } parameter)
            return null;
        var (old, name) = (parameter.Identifier.ValueText, draft.Draw.Of(Names));
        return draft.Rename(old, name);
    }

    private static string? Retype(Draft draft) =>
        draft.Any<ParameterSyntax>(parameter => parameter.Type is not null) is { Type: { } type }
            ? draft.Replace(type, draft.Draw.Of(Types))
            : null;

    private static string? Default(Draft draft)
    {
        if (draft.Any<ParameterSyntax>(parameter => parameter.Parent?.Parent is TypeDeclarationSyntax) is not { } parameter)
            return null;
        var value = draft.Draw.Of(
            "default", "0", "1", "2", "8", "-1", "int.MaxValue", "null", "0.5", "double.NaN", "true", "\"text\"", "56", "100",
            "1000000");
        return parameter.Default is { } written
            ? draft.Replace(written.Value, value)
            : draft.Insert(parameter.Span.End, $" = {value}");
    }
}
