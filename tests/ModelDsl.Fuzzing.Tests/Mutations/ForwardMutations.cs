using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Hand-written bodies: tensor operations that are put in, taken out and put elsewhere.</summary>
internal static class ForwardMutations
{
    private static readonly string[] Operations =
    [
        "{0}.relu()", "nn.functional.gelu({0})", "{0} + {0}", "{0} * 2", "-{0}", "{0}.mean([2, 3])", "{0}.mean()",
        "{0}.sum(1, keepdim: true)", "{0}.flatten(1)",
        "{0}.flatten(2).transpose(1, 2)", "{0}.view(-1, 8)", "{0}.view({0}.size(0), -1)", "{0}.reshape({0}.shape[0], 2, -1)",
        "{0}.permute(0, 2, 3, 1)",
        "{0}.transpose(1, 2)", "{0}.unsqueeze(1)", "{0}.squeeze(9)", "{0}[.., 0]", "{0}[0]", "{0}[TensorIndex.Ellipsis, 0]",
        "cat([{0}, {0}], 1)", "stack([{0}, {0}])",
        "{0}.matmul({0})", "{0}.matmul({0}.transpose(-1, -2))", "{0}.chunk(2, 1)[0]", "{0}.split(4, 1)[0]",
        "{0}.narrow(1, 0, 1)", "{0}.expand(2, -1)", "{0}.softmax(-1)",
        "({0} + 1)", "nn.functional.pad({0}, [1, 1])", "nn.functional.interpolate({0}, scale_factor: [2, 2])",
        "{0}.repeat(2, 1)", "{0}.max(1).values", "{0}.t()",
        "{0}.to(float32)", "torch.einsum(\"nc,nd->cd\", {0}, {0})", "{0}.select(1, 0)", "{0}.index_select(1, {0})",
        "{0}.unfold(1, 2, 1)", "{0}.view(9999999999, -1, -1)",
        "{0}.permute(0, 0, 7)", "{0}.mean([long.MinValue, 99])", "{0}.flatten(5, -9)", "{0} + ones(3, 5)",
        "zeros(2, 3).matmul(zeros(4, 5))",
    ];

    private static readonly string[] Statements =
    [
        "for (var i = 0; i < 3; i++) x = x + 1;", "foreach (var part in x.chunk(2, 1)) x = part;",
        "if (x.shape[0] > 1) x = x.mean([1]);", "while (x.size(0) > 3) x = x[0];",
        "using var scope = NewDisposeScope();", "var y = x; x = y;", "Tensor Local(Tensor z) => z.relu(); x = Local(x);",
        "try { x = x.relu(); } finally { }", "x = default!;",
        "switch (x.dim()) { case 2: x = x.t(); break; }", "goto end; end: ;", "lock (this) { }", "return x;",
        "var (a, b) = (x, x); x = a + b;", "x = x is { } z ? z : x;",
        "x = this.forward(x);", "unchecked { x = x * 2; }", "_ = x.shape[7];", "x = new Func<Tensor, Tensor>(z => z + 1)(x);",
        ";",
    ];

    public static IEnumerable<Mutation> All =>
    [
        new("write a forward by hand", 4, Write),
        new("delete a statement", 2, draft => draft.Any<StatementSyntax>() is { } statement ? draft.Remove(statement) : null),
        new("swap two statements", 2, Swap),
        new("add a statement", 2, AddStatement),
        new("wrap an expression in an operation", 5, Wrap),
        new("exchange two expressions", 2, Exchange),
        new("change an argument of a call", 3, Argument),
    ];

    private static string? Write(Draft draft)
    {
        var type = draft.Any<TypeDeclarationSyntax>(candidate => candidate.AttributeLists.Count > 0
            && !candidate.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Identifier.ValueText == "forward"));
        if (type is null || type.CloseBraceToken.Span.Length == 0)
            return null;
        var stages = type.Members.OfType<MethodDeclarationSyntax>().Where(Draft.IsStage).ToList();
        var steps = Enumerable.Range(0, draft.Draw.Between(0, 3)).Select(_ => $"x = {Operation(draft, "x")};").ToList();
        steps.AddRange(stages.Select(Call));
        if (draft.Draw.Chance(0.3) && steps.Count > 1)
            steps.Reverse();
        var axes = draft.Draw.Of("N, 3, 8, 8", "N, 8", "N, T, 8", draft.Grammar(type).Values.Expressions.Shape());
        var shape = draft.Draw.Chance(0.6) ? $"[Shape({Language.ValueGrammar.Quote(axes)})] " : "";
        var body = string.Join("\n        ", steps.Append("return x;"));
        return draft.Insert(
            type.CloseBraceToken.SpanStart,
            $"\n    public override Tensor forward({shape}Tensor x)\n    {{\n        {body}\n    }}\n");
    }

    private static string Call(MethodDeclarationSyntax stage)
    {
        var contexts = Math.Max(0, stage.ParameterList.Parameters.Count - 1);
        return $"x = {stage.Identifier}({string.Join(", ", Enumerable.Repeat("default", contexts).Prepend("x"))});";
    }

    private static string Operation(Draft draft, string value) =>
        draft.Draw.Of(Operations).Replace("{0}", value, StringComparison.Ordinal);

    private static string? Swap(Draft draft)
    {
        if (draft.Any<BlockSyntax>(block => block.Statements.Count > 1) is not { } block)
            return null;
        var (one, other) = (draft.Draw.Of(block.Statements), draft.Draw.Of(block.Statements));
        return one == other ? null : draft.Swap(one, other);
    }

    private static string? AddStatement(Draft draft) =>
        draft.Any<StatementSyntax>(statement => statement is not BlockSyntax) is { } statement
            ? draft.Insert(statement.SpanStart, draft.Draw.Of(draft.Draw.Of(Statements), $"x = {Operation(draft, "x")};") + "\n")
            : null;

    private static string? Wrap(Draft draft) =>
        draft.Any<ExpressionSyntax>(IsTensor) is { } expression
            ? draft.Replace(expression, Operation(draft, $"{expression}"))
            : null;

    private static bool IsTensor(ExpressionSyntax expression) =>
        expression is (InvocationExpressionSyntax or IdentifierNameSyntax or BinaryExpressionSyntax)
        && expression.FirstAncestorOrSelf<AttributeSyntax>() is null
        && expression.Parent is ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax
            or AssignmentExpressionSyntax or BinaryExpressionSyntax or EqualsValueClauseSyntax;

    private static string? Exchange(Draft draft)
    {
        var (one, other) = (draft.Any<ExpressionSyntax>(IsTensor), draft.Any<ExpressionSyntax>(IsTensor));
        return one is null || other is null || one == other ? null : draft.Swap(one, other);
    }

    private static string? Argument(Draft draft) =>
        draft.Any<ArgumentSyntax>(argument => argument.FirstAncestorOrSelf<AttributeSyntax>() is null) is { } argument
            ? draft.Replace(
                argument.Expression,
                draft.Draw.Of("0", "1", "-1", "2", "7", "long.MaxValue", "x", "[1, 2]", "null", "-9", "width", "x.shape[1]"))
            : null;
}
