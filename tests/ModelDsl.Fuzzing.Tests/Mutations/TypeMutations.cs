using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Classes that become other kinds of types, stand elsewhere, or in several parts.</summary>
internal static class TypeMutations
{
    private static readonly SyntaxKind[] Movable =
    [
        SyntaxKind.PublicKeyword, SyntaxKind.InternalKeyword, SyntaxKind.PrivateKeyword, SyntaxKind.StaticKeyword,
        SyntaxKind.AbstractKeyword, SyntaxKind.SealedKeyword, SyntaxKind.FileKeyword, SyntaxKind.UnsafeKeyword,
    ];

    public static IEnumerable<Mutation> All =>
    [
        new("change a type's modifiers", 4, Modifiers),
        new("make another kind of type of a class", 2, Kind),
        new("make a type generic", 2, Generic),
        new("nest a type", 3, Nest),
        new("split a class in two parts", 3, Split),
        new("move a file to another namespace", 3, Namespace),
        new("rename a type", 3, Rename),
        new("give a class a base", 2, Base),
        new("leave out 'partial'", 1, NotPartial),
        new("add a constructor", 1, Constructor),
    ];

    private static string? Modifiers(Draft draft)
    {
        if (draft.Model() is not { } type)
            return null;
        var modifiers = draft.Draw.Of(
            "public", "internal", "public sealed", "public abstract", "internal sealed", "file", "public static", "private",
            "public unsafe", "");
        var kept = type.Modifiers.Where(modifier => Movable.Contains(modifier.Kind())).ToList();
        if (kept.Count == 0)
            return draft.Insert((type.Modifiers.Count > 0 ? type.Modifiers[0] : type.Keyword).SpanStart, modifiers + " ");
        var span = TextSpan.FromBounds(kept[0].SpanStart, kept[^1].Span.End);
        return span.Contains(type.Modifiers[^1].SpanStart) && type.Modifiers[^1].IsKind(SyntaxKind.PartialKeyword)
            ? null
            : draft.Replace(span, modifiers);
    }

    private static string? Kind(Draft draft) =>
        draft.Model() is { } type
            ? draft.Replace(
                type.Keyword.Span,
                draft.Draw.Of("struct", "record", "record struct", "interface", "record class", "enum", "union"))
            : null;

    private static string? Generic(Draft draft) =>
        draft.Model() is { TypeParameterList: null } type
            ? draft.Insert(type.Identifier.Span.End, draft.Draw.Of("<T>", "<T, TOther>", "<TTensor>", "<@int>", "<in T>"))
            : null;

    private static string? Nest(Draft draft)
    {
        if (draft.Model() is not { } type)
            return null;
        var head = draft.Draw.Of(
            "public partial class Outer", "partial class Outer<T>", "class Outer", "public static partial class Outer",
            "internal partial struct Outer",
            "public partial interface IOuter", "public partial record Outer", "file partial class Outer", "partial class Net",
            "public partial class @class");
        return draft.Replace(type, $"{head}\n{{\n{type}\n}}");
    }

    private static string? Split(Draft draft)
    {
        if (draft.Model() is not { Members.Count: > 1 } type)
            return null;
        var place = type.Members[draft.Draw.Between(1, type.Members.Count - 1)].FullSpan.Start;
        var generic = $"{type.TypeParameterList}";
        var head = $"{type.Modifiers} {type.Keyword} {type.Identifier}{generic}";
        var attribute = draft.Draw.Chance(0.15) ? "[Model] " : "";
        return draft.Insert(place, $"\n}}\n\n{attribute}{head}\n{{\n");
    }

    private static string? Namespace(Draft draft)
    {
        var space = draft.Draw.Of(
            "Samples", "ModelDsl", "ModelDsl.Inner", "TorchSharp", "System", "A.B.@class", "global_", "Tensor", "nn",
            "@namespace", "Init", "é");
        if (draft.Any<BaseNamespaceDeclarationSyntax>() is { } written)
            return draft.Replace(written.Name, space);
        if (draft.Root.Members.Count == 0 || draft.Root.Members[0] is GlobalStatementSyntax)
            return null;
        var start = draft.Root.Members[0].FullSpan.Start;
        return draft.Draw.Chance(0.5)
            ? draft.Insert(start, $"\nnamespace {space};\n")
            : draft.Insert(start, $"\nnamespace {space}\n{{\n") + "\n}\n";
    }

    private static string? Rename(Draft draft)
    {
        if (draft.Model() is not { Identifier.ValueText: { Length: > 0 } old })
            return null;
        var name = draft.Draw.Of(
            "Model", "Tensor", "torch", "@class", "é", "Net_1", "net", "Module", "System", "Linear", "ModelDsl", "global",
            "T", "Normalization", "a",
            "SizeChecks", "forward", "Conv2d", "TorchSharp", "Modules");
        return draft.Rename(old, name);
    }

    private static string? Base(Draft draft)
    {
        if (draft.Model() is not { } type)
            return null;
        var place = type.ParameterList?.Span.End ?? type.TypeParameterList?.Span.End ?? type.Identifier.Span.End;
        var name = draft.Draw.Of(
            "IDisposable", "object", "nn.Module<Tensor, Tensor>", "Model<Tensor, Tensor>", "Missing", "nn.Module",
            "Exception", "IModel", "IEnumerable<int>",
            type.Identifier.ValueText);
        return type.BaseList is { } list ? draft.Insert(list.Span.End, $", {name}") : draft.Insert(place, $" : {name}");
    }

    private static string? NotPartial(Draft draft)
    {
        var modifiers = draft.Model()?.Modifiers.Where(modifier => modifier.IsKind(SyntaxKind.PartialKeyword)).ToList();
        return modifiers is [var modifier, ..] ? draft.Replace(modifier.FullSpan, "") : null;
    }

    private static string? Constructor(Draft draft) =>
        draft.Model() is { Members: [var first, ..] } type
            ? draft.Insert(
                first.FullSpan.Start,
                $"\n    public {type.Identifier}({draft.Draw.Of("", "int a", "string text")})"
                    + $"{draft.Draw.Of("", " : this()", " : base()")} {{ }}\n")
            : null;
}
