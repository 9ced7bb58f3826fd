using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>Reads the body of a method that the author of a model wrote, by its syntax alone.</summary>
public sealed class ForwardReader
{
    /// <summary>A body with more nodes was not written by a person.</summary>
    private const int MostNodes = 5_000;

    private const int DeepestStatement = 50;

    /// <summary>They change the shape of a tensor that other names may hold too.</summary>
    private static readonly HashSet<string> ShapeChanging =
    [
        "unsqueeze_", "squeeze_", "t_", "transpose_", "swapaxes_", "swapdims_", "resize_", "resize_as_", "set_",
    ];

    private readonly ForwardExpressionReader _expressions;
    private int _depth;

    private ForwardReader(IReadOnlyDictionary<SyntaxNode, int> nodes) => _expressions = new(nodes);

    /// <summary>A method whose body is a block or an expression; its parameters are those that the caller found.</summary>
    public static ForwardMethod Read(BaseMethodDeclarationSyntax syntax, EquatableArray<ForwardParameter> parameters,
        string? outputShape = null)
    {
        var name = (syntax as MethodDeclarationSyntax)?.Identifier.ValueText ?? "";
        if (((SyntaxNode?)syntax.Body ?? syntax.ExpressionBody) is not { } body || IsOpaque(body))
            return new(name, parameters, outputShape, new(default), default, IsOpaque: true);
        var numbers = ForwardNodes.Of(syntax)
            .Select((node, number) => (node, number))
            .ToDictionary(pair => pair.node, pair => pair.number);
        var reader = new ForwardReader(numbers);
        var statements = syntax.Body is { } block
            ? reader.Block(block.Statements)
            : reader.Returned(syntax.ExpressionBody!, numbers);
        return new(name, parameters, outputShape, statements, AssignedNames.Captured(body), IsOpaque: false);
    }

    private static bool IsOpaque(SyntaxNode body)
    {
        var count = 0;
        foreach (var node in body.DescendantNodes())
        {
            if (++count > MostNodes
                || node is GotoStatementSyntax or LabeledStatementSyntax or YieldStatementSyntax or FixedStatementSyntax
                    or RefTypeSyntax
                || (node is SimpleNameSyntax name && ShapeChanging.Contains(name.Identifier.ValueText)))
                return true;
        }
        return false;
    }

    private BlockStatement Returned(ArrowExpressionClauseSyntax arrow, Dictionary<SyntaxNode, int> numbers) =>
        new(new[]
        {
            arrow.Expression is ThrowExpressionSyntax
                ? (ForwardStatement)new JumpStatement(JumpKind.Throw)
                : new ReturnStatement(_expressions.Read(arrow.Expression), numbers[arrow]),
        }.ToEquatableArray());

    private BlockStatement Block(IEnumerable<StatementSyntax> statements) =>
        new(statements.SelectMany(ReadAll).ToEquatableArray());

    private IEnumerable<ForwardStatement> ReadAll(StatementSyntax statement)
    {
        if (_depth >= DeepestStatement)
            return [Unknown(statement)];
        _depth++;
        var read = ReadKind(statement).ToList();
        _depth--;
        return read;
    }

    private BlockStatement Read(StatementSyntax? statement) =>
        new(statement is null ? default : ReadAll(statement).ToEquatableArray());

    private IEnumerable<ForwardStatement> ReadKind(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => [Block(block.Statements)],
        LocalDeclarationStatementSyntax declaration => Declarations(declaration.Declaration),
        ExpressionStatementSyntax evaluated => [Evaluate(evaluated.Expression)],
        ReturnStatementSyntax returned =>
            [new ReturnStatement(
                returned.Expression is { } value ? _expressions.Read(value) : null, _expressions.Number(returned))],
        IfStatementSyntax choice => [If(choice)],
        SwitchStatementSyntax choice => [Switch(choice)],
        TryStatementSyntax attempt => Try(attempt),
        UsingStatementSyntax used => Using(used),
        LockStatementSyntax locked => [Evaluate(locked.Expression), Read(locked.Statement)],
        CheckedStatementSyntax inner => [Block(inner.Block.Statements)],
        UnsafeStatementSyntax inner => [Block(inner.Block.Statements)],
        ThrowStatementSyntax => [new JumpStatement(JumpKind.Throw)],
        BreakStatementSyntax => [new JumpStatement(JumpKind.Break)],
        ContinueStatementSyntax => [new JumpStatement(JumpKind.Continue)],
        EmptyStatementSyntax or LocalFunctionStatementSyntax => [],
        _ => Loop(statement) ?? [Unknown(statement)],
    };

    private EvaluateStatement Evaluate(ExpressionSyntax value) => new(_expressions.Read(value));

    private IEnumerable<ForwardStatement> Declarations(VariableDeclarationSyntax declaration) =>
        from variable in declaration.Variables
        let target = new ForwardTarget(variable.Identifier.ValueText, true)
        select new EvaluateStatement(new AssignExpression(
            new[] { target }.ToEquatableArray(), false, _expressions.Read(variable.Initializer?.Value)));

    private BranchStatement If(IfStatementSyntax choice) => new(
        _expressions.Read(choice.Condition),
        new ForwardStatement[] { Read(choice.Statement), Read(choice.Else?.Statement) }.ToEquatableArray());

    private BranchStatement Switch(SwitchStatementSyntax choice)
    {
        var named = choice.Sections.SelectMany(section => section.Labels).SelectMany(label => AssignedNames.Of(label));
        var governing = new UnknownExpression(
            new[] { _expressions.Read(choice.Expression) }.ToEquatableArray(), named.ToEquatableArray());
        var sections = choice.Sections.Select(section => (ForwardStatement)Block(section.Statements)).ToList();
        if (!choice.Sections.SelectMany(section => section.Labels).Any(label => label is DefaultSwitchLabelSyntax))
            sections.Add(new BlockStatement(default));
        return new(governing, sections.ToEquatableArray(), EndsBreak: true);
    }

    /// <summary>A handler starts after any part of what was tried.</summary>
    private IEnumerable<ForwardStatement> Try(TryStatementSyntax attempt)
    {
        var tried = new EvaluateStatement(new UnknownExpression(default, AssignedNames.Of(attempt.Block)));
        var ways = attempt.Catches
            .Select(handler => new BlockStatement(new ForwardStatement[]
            {
                tried,
                new EvaluateStatement(new UnknownExpression(default, AssignedNames.Of((SyntaxNode?)handler.Filter ?? handler))),
                Block(handler.Block.Statements),
            }.ToEquatableArray()))
            .Prepend(Block(attempt.Block.Statements));
        yield return new BranchStatement(null, ways.Cast<ForwardStatement>().ToEquatableArray());
        if (attempt.Finally is { } last)
            yield return Block(last.Block.Statements);
    }

    private IEnumerable<ForwardStatement> Using(UsingStatementSyntax used)
    {
        var resources = used.Declaration is { } declaration ? Declarations(declaration) : [];
        var resource = used.Expression is { } value ? new[] { Evaluate(value) } : [];
        return [.. resources, .. resource, Read(used.Statement)];
    }

    private IEnumerable<ForwardStatement>? Loop(StatementSyntax statement) => statement switch
    {
        WhileStatementSyntax loop =>
            [new LoopStatement(_expressions.Read(loop.Condition), null, default, Read(loop.Statement), default)],
        DoStatementSyntax loop => [new LoopStatement(
            null, null, default, Read(loop.Statement), new[] { _expressions.Read(loop.Condition) }.ToEquatableArray())],
        ForEachStatementSyntax loop => [new LoopStatement(
            null,
            _expressions.Read(loop.Expression),
            new[] { new ForwardTarget(loop.Identifier.ValueText, true) }.ToEquatableArray(),
            Read(loop.Statement),
            default)],
        ForEachVariableStatementSyntax loop => [new LoopStatement(
            null,
            _expressions.Read(loop.Expression),
            ForwardExpressionReader.Assign(loop.Variable, new UnknownExpression(default, default)).Targets,
            Read(loop.Statement),
            default)],
        ForStatementSyntax loop => For(loop),
        _ => null,
    };

    private IEnumerable<ForwardStatement> For(ForStatementSyntax loop) =>
    [
        .. loop.Declaration is { } declaration ? Declarations(declaration) : [],
        .. loop.Initializers.Select(Evaluate),
        new LoopStatement(
            loop.Condition is { } condition ? _expressions.Read(condition) : null,
            null,
            default,
            Read(loop.Statement),
            loop.Incrementors.Select(_expressions.Read).ToEquatableArray()),
    ];

    private static EvaluateStatement Unknown(StatementSyntax statement) =>
        new(new UnknownExpression(default, AssignedNames.Of(statement)));
}
