using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Stages, properties and other members that come, go, move and take other heads.</summary>
internal static class MemberMutations
{
    private static readonly string[] Names =
    [
        "forward", "Dispose", "GetName", "Reached", "Features", "Summary", "RegisterLayers", "ToString", "@return",
        "F\\u0301", "Stem", "Head", "call",
        "train", "named_parameters", "register_module", "x", "_stem", "Finalize", "Equals", "DescribeStages", "to",
        "parameters", "é", "item",
    ];

    private static readonly string[] Members =
    [
        "private int Half => 4;", "private int Again => Again + 1;",
        "private int Cycle1 => Cycle2; private int Cycle2 => Cycle1;",
        "public bool Flag => true;", "private readonly int _stemConv = 1;", "private int _norm;", "public int Sizes => 3;",
        "[Parameter(\"1, 4\")] private partial Parameter Token { get; }",
        "[Buffer(\"4\", Persistent = false)] public partial Tensor Mask { get; }",
        "[Parameter(\"1, 4\", Initialization = Init.Ones)] public partial Parameter Scale { get; }",
        "[Linear(4)] public partial TorchSharp.Modules.Linear Classifier { get; }",
        "[Conv2d(4, 3)] public partial TorchSharp.Modules.Conv2d Conv { get; }",
        "[Shape(\"N, 4\"), Linear(4)] public partial TorchSharp.Modules.Linear Table { get; }",
        "[ReLU] private partial Tensor Extra(Tensor x);",
        "[Linear(8), Norm, ReLU] private partial Tensor Extra([Shape(\"N, 8\")] Tensor x);",
        "[Norm, Shortcut] private partial Tensor Extra(Tensor x, Tensor? mask = null);",
        "private static Tensor Ramp(long[] sizes) => torch.zeros(sizes);",
        "[return: Shape(\"N, T, C\")] private static Tensor Own([Shape(\"N, T, C\")] Tensor x) => x;",
        "private sealed class Inner;",
        "public override string ToString() => \"net\";",
        "protected override void Dispose(bool disposing) => base.Dispose(disposing);",
        "private Tensor Plain(Tensor x) => x + 1;",
        "public event Action? Changed; private void Raise() => Changed?.Invoke();", "private const int Width = 8;",
        "public int this[int index] => index;", "public static implicit operator int(@Net net) => 1;",
        "private Tensor? _cache; private Tensor? Cache => _cache;",
        "~Net() { }", "private int Block(int norm) => norm;", "public int forwardCount => 1;",
    ];

    public static IEnumerable<Mutation> All =>
    [
        new("delete a member", 3, draft => draft.Any<MemberDeclarationSyntax>() is { } member ? draft.Remove(member) : null),
        new("double a member", 1, Double),
        new("swap two members", 3, Swap),
        new("add a member", 5, Add),
        new("add a stage like another", 2, AddLike),
        new("rename a member", 2, Rename),
        new("rename a member wherever it stands", 2, RenameAll),
        new("change a member's modifiers", 4, Modifiers),
        new("give a member another type", 3, Retype),
        new("give a stage a body", 2, Body),
        new("give a property other accessors", 2, Accessors),
        new("make a stage generic", 1, Generic),
    ];

    private static string? Double(Draft draft) =>
        draft.Any<MemberDeclarationSyntax>() is { } member ? draft.Insert(member.FullSpan.End, member.ToFullString()) : null;

    private static string? Generic(Draft draft) =>
        draft.Any<MethodDeclarationSyntax>() is { TypeParameterList: null } method
            ? draft.Insert(method.Identifier.Span.End, "<T>")
            : null;

    private static string? Swap(Draft draft)
    {
        if (draft.Any<TypeDeclarationSyntax>(type => type.Members.Count > 1) is not { } type)
            return null;
        var (one, other) = (draft.Draw.Of(type.Members), draft.Draw.Of(type.Members));
        return one == other ? null : draft.Swap(one, other);
    }

    private static string? Add(Draft draft) =>
        draft.Model() is { } type && !type.CloseBraceToken.IsMissing && type.CloseBraceToken.Span.Length > 0
            ? draft.Insert(type.CloseBraceToken.SpanStart, $"\n    {draft.Draw.Of(Members)}\n")
            : null;

    private static string? AddLike(Draft draft)
    {
        if (draft.Any<MethodDeclarationSyntax>(Draft.IsStage) is not { } stage)
            return null;
        var head = $" {stage.Identifier}{draft.Draw.Of("2", "_", "A")}(";
        return draft.Insert(
            stage.FullSpan.End,
            stage.ToFullString().Replace($" {stage.Identifier}(", head, StringComparison.Ordinal));
    }

    private static SyntaxToken? Identifier(MemberDeclarationSyntax? member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier,
        PropertyDeclarationSyntax property => property.Identifier,
        _ => null,
    };

    private static MemberDeclarationSyntax? Named(Draft draft) =>
        draft.Any<MemberDeclarationSyntax>(member => Identifier(member) is { IsMissing: false });

    private static string? Rename(Draft draft) =>
        Identifier(Named(draft)) is { } identifier ? draft.Replace(identifier.Span, draft.Draw.Of(Names)) : null;

    private static string? RenameAll(Draft draft) =>
        Identifier(Named(draft)) is { ValueText: { Length: > 0 } old }
            ? draft.Rename(old, draft.Draw.Of(Names))
            : null;

    private static string? Modifiers(Draft draft)
    {
        if (draft.Stage() is not { Modifiers: [var first, .., var last] } member)
            return null;
        var modifiers = draft.Draw.Of(
            "public partial", "private partial", "internal partial", "protected partial", "public virtual partial",
            "public override partial",
            "public new partial", "public static partial", "private protected partial", "public sealed override partial",
            "partial", "private unsafe partial",
            "public async partial", "public abstract partial", "public readonly partial", "private", "public required partial");
        return draft.Replace(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(first.SpanStart, last.Span.End), modifiers);
    }

    private static string? Retype(Draft draft)
    {
        var type = draft.Draw.Of(
            "Tensor", "Tensor?", "int", "void", "TorchSharp.Modules.Linear", "TorchSharp.Modules.Conv2d", "Parameter",
            "TorchSharp.Modules.Parameter",
            "(Tensor, Tensor)", "torch.Tensor", "object", "var", "ref Tensor", "Task<Tensor>", "Missing", "EmbeddingLayer");
        return Named(draft) switch
        {
            MethodDeclarationSyntax method => draft.Replace(method.ReturnType, type),
            PropertyDeclarationSyntax property => draft.Replace(property.Type, type),
            _ => null,
        };
    }

    private static string? Body(Draft draft) =>
        draft.Any<MethodDeclarationSyntax>(IsWithoutBody) is { } stage
            ? draft.Replace(stage.SemicolonToken.Span, draft.Draw.Of(" => x;", " { return x; }", " => throw null!;", ""))
            : null;

    private static bool IsWithoutBody(MethodDeclarationSyntax method) =>
        method.SemicolonToken.IsKind(SyntaxKind.SemicolonToken) && method is { Body: null, ExpressionBody: null };

    private static string? Accessors(Draft draft) =>
        draft.Any<PropertyDeclarationSyntax>(property => property.AccessorList is not null) is { AccessorList: { } list }
            ? draft.Replace(
                list,
                draft.Draw.Of(
                    "{ get; set; }", "{ get; init; }", "{ get; private set; }", "{ set; }", "=> null!;", "{ get => null!; }",
                    "{ get; } = null!;", "{ }"))
            : null;
}
