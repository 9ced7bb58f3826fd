using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>Reads expressions by their syntax alone: before generation, stages and base class don't bind.</summary>
internal sealed class ForwardExpressionReader(IReadOnlyDictionary<SyntaxNode, int> nodes)
{
    /// <summary>Deeper than a person nests; a reader that recursed further could exhaust the compiler's stack.</summary>
    private const int Deepest = 100;

    private static readonly UnknownExpression Nothing = new(default, default);

    private readonly Stack<ForwardExpression> _bindings = new();
    private int _depth;

    public ForwardExpression Read(ExpressionSyntax? syntax)
    {
        if (syntax is null)
            return Nothing;
        if (_depth >= Deepest)
            return new UnknownExpression(default, AssignedNames.Of(syntax));
        _depth++;
        var read = ReadKind(syntax);
        _depth--;
        return read;
    }

    /// <summary>What a declaration or an assignment assigns.</summary>
    public static AssignExpression Assign(ExpressionSyntax left, ForwardExpression value) => left switch
    {
        DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax names } =>
            new(names.Variables.Select(Target).ToEquatableArray(), true, value),
        TupleExpressionSyntax tuple =>
            new(tuple.Arguments.Select(argument => Target(argument.Expression)).ToEquatableArray(), true, value),
        _ => new(new[] { Target(left) }.ToEquatableArray(), false, value),
    };

    public static ForwardTarget Target(VariableDesignationSyntax variable) =>
        new(variable is SingleVariableDesignationSyntax { Identifier.ValueText: var name } ? name : "", true);

    private static ForwardTarget Target(ExpressionSyntax left) => left switch
    {
        IdentifierNameSyntax name => new(name.Identifier.ValueText, false),
        DeclarationExpressionSyntax declaration => Target(declaration.Designation),
        _ => new("", false),
    };

    private ForwardExpression ReadKind(ExpressionSyntax syntax) => syntax switch
    {
        ParenthesizedExpressionSyntax inner => Read(inner.Expression),
        CheckedExpressionSyntax inner => Read(inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner => Read(inner.Operand),
        CastExpressionSyntax cast when KeepsValue(cast.Type) => Read(cast.Expression),
        LiteralExpressionSyntax literal => Literal(literal),
        IdentifierNameSyntax name => new NameExpression(name.Identifier.ValueText),
        MemberAccessExpressionSyntax member => Member(member),
        MemberBindingExpressionSyntax member when _bindings.Count > 0 =>
            new MemberExpression(_bindings.Peek(), member.Name.Identifier.ValueText),
        ElementBindingExpressionSyntax element when _bindings.Count > 0 =>
            new ElementExpression(_bindings.Peek(), Indices(element.ArgumentList), Number(element)),
        ConditionalAccessExpressionSyntax access => Conditional(access),
        InvocationExpressionSyntax call => Call(call),
        ElementAccessExpressionSyntax element =>
            new ElementExpression(Read(element.Expression), Indices(element.ArgumentList), Number(element)),
        BinaryExpressionSyntax binary => Binary(binary),
        PrefixUnaryExpressionSyntax prefix => Prefix(prefix),
        RangeExpressionSyntax range => new RangeExpression(
            range.LeftOperand is null ? null : Read(range.LeftOperand),
            range.RightOperand is null ? null : Read(range.RightOperand)),
        ConditionalExpressionSyntax choice => Choice(Read(choice.Condition), choice.WhenTrue, choice.WhenFalse),
        SwitchExpressionSyntax choice => Switch(choice),
        AssignmentExpressionSyntax assignment => Assignment(assignment),
        _ => (ForwardExpression?)List(syntax) ?? Unknown(syntax),
    };

    /// <summary>Integers of either width, and what is a tensor anyway.</summary>
    private static bool KeepsValue(TypeSyntax type) => type switch
    {
        PredefinedTypeSyntax predefined => predefined.Keyword.Kind() is SyntaxKind.IntKeyword or SyntaxKind.LongKeyword,
        NullableTypeSyntax nullable => KeepsValue(nullable.ElementType),
        IdentifierNameSyntax name => name.Identifier.ValueText == "Tensor",
        QualifiedNameSyntax name => name.Right.Identifier.ValueText == "Tensor",
        _ => false,
    };

    private static ForwardExpression Literal(LiteralExpressionSyntax literal) => literal.Token.Value switch
    {
        int value => new NumberExpression(value),
        long value => new NumberExpression(value),
        bool value => new FlagExpression(value),
        double value => new RealNumberExpression(value),
        float value => new RealNumberExpression(value),
        string value => new TextExpression(value),
        _ => Nothing,
    };

    private ForwardExpression Member(MemberAccessExpressionSyntax member) => member switch
    {
        { RawKind: not (int)SyntaxKind.SimpleMemberAccessExpression } => Unknown(member),
        { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax name } => new NameExpression(name.Identifier.ValueText),
        { Expression: BaseExpressionSyntax or PredefinedTypeSyntax } => Nothing,
        _ => new MemberExpression(Read(member.Expression), member.Name.Identifier.ValueText),
    };

    private ForwardExpression Conditional(ConditionalAccessExpressionSyntax access)
    {
        _bindings.Push(Read(access.Expression));
        var read = Read(access.WhenNotNull);
        _bindings.Pop();
        return read;
    }

    private ForwardExpression Call(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments.Select(Argument).ToEquatableArray();
        return call.Expression switch
        {
            IdentifierNameSyntax { Identifier.ValueText: "nameof" } => Nothing,
            IdentifierNameSyntax name => new CallExpression(null, name.Identifier.ValueText, arguments, Number(call)),
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own =>
                new CallExpression(null, own.Name.Identifier.ValueText, arguments, Number(call)),
            MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax or PredefinedTypeSyntax } => Unknown(call),
            MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } member =>
                new CallExpression(Read(member.Expression), name.Identifier.ValueText, arguments, Number(call)),
            MemberBindingExpressionSyntax { Name: IdentifierNameSyntax name } when _bindings.Count > 0 =>
                new CallExpression(_bindings.Peek(), name.Identifier.ValueText, arguments, Number(call)),
            _ => Unknown(call),
        };
    }

    private ForwardArgument Argument(ArgumentSyntax argument)
    {
        var name = argument.NameColon?.Name.Identifier.ValueText;
        return argument.RefKindKeyword.IsKind(SyntaxKind.None)
            ? new(name, Read(argument.Expression))
            : new(name, Nothing, AssignedNames.Of(argument) is { Count: > 0 } targets ? targets[0] : "");
    }

    private EquatableArray<ForwardExpression> Indices(BracketedArgumentListSyntax indices) =>
        indices.Arguments.Select(index => Read(index.Expression)).ToEquatableArray();

    private ForwardExpression Binary(BinaryExpressionSyntax binary)
    {
        if (binary.IsKind(SyntaxKind.CoalesceExpression))
            return Choice(null, binary.Left, binary.Right);
        if (binary.IsKind(SyntaxKind.AsExpression))
            return binary.Right is TypeSyntax type && KeepsValue(type) ? Read(binary.Left) : Unknown(binary);
        return binary.IsKind(SyntaxKind.IsExpression)
            ? Unknown(binary)
            : new OperatorExpression(binary.OperatorToken.Text, Read(binary.Left), Read(binary.Right), Number(binary));
    }

    private ForwardExpression Prefix(PrefixUnaryExpressionSyntax prefix) => prefix.Kind() switch
    {
        SyntaxKind.UnaryMinusExpression or SyntaxKind.LogicalNotExpression =>
            new OperatorExpression(prefix.OperatorToken.Text, Read(prefix.Operand), null, -1),
        SyntaxKind.UnaryPlusExpression => Read(prefix.Operand),
        SyntaxKind.IndexExpression => new FromEndExpression(Read(prefix.Operand)),
        _ => Unknown(prefix),
    };

    private ChoiceExpression Choice(ForwardExpression? condition, params ExpressionSyntax[] alternatives)
    {
        var values = alternatives.Where(alternative => alternative is not ThrowExpressionSyntax).ToList();
        // Where one alternative throws, the other is what comes out, whatever decided.
        return new(values.Count == alternatives.Length ? condition : condition is null ? null : AsPart(condition),
            values.Select(Read).ToEquatableArray());
    }

    private static UnknownExpression AsPart(ForwardExpression condition) =>
        new(new[] { condition }.ToEquatableArray(), default);

    private ChoiceExpression Switch(SwitchExpressionSyntax choice)
    {
        var named = choice.Arms.SelectMany(arm => AssignedNames.Of(arm.Pattern)).ToEquatableArray();
        var governing = new UnknownExpression(new[] { Read(choice.GoverningExpression) }.ToEquatableArray(), named);
        return Choice(governing, [.. choice.Arms.Select(arm => arm.Expression)]);
    }

    private ForwardExpression Assignment(AssignmentExpressionSyntax assignment)
    {
        if (assignment.Left is ElementAccessExpressionSyntax
            or MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax })
            return Unknown(assignment);
        if (assignment.IsKind(SyntaxKind.SimpleAssignmentExpression))
            return Assign(assignment.Left, Read(assignment.Right));
        if (assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression))
            return Assign(assignment.Left, Choice(null, assignment.Left, assignment.Right));
        var operation = assignment.OperatorToken.Text.TrimEnd('=');
        return Assign(
            assignment.Left,
            new OperatorExpression(operation, Read(assignment.Left), Read(assignment.Right), Number(assignment)));
    }

    private ListExpression? List(ExpressionSyntax syntax) => syntax switch
    {
        CollectionExpressionSyntax list => new(list.Elements.Select(Element).ToEquatableArray()),
        TupleExpressionSyntax tuple => new(tuple.Arguments.Select(argument => Read(argument.Expression)).ToEquatableArray()),
        ArrayCreationExpressionSyntax { Initializer: { } items, Type.RankSpecifiers.Count: 1 } => Items(items),
        ImplicitArrayCreationExpressionSyntax { Initializer: { } items } => Items(items),
        StackAllocArrayCreationExpressionSyntax { Initializer: { } items } => Items(items),
        ImplicitStackAllocArrayCreationExpressionSyntax { Initializer: { } items } => Items(items),
        ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier.ValueText: "List" } } created
            when created.ArgumentList is null or { Arguments.Count: 0 } =>
            created.Initializer is { } items ? Items(items) : new(default),
        _ => null,
    };

    private ListExpression Items(InitializerExpressionSyntax items) => new(items.Expressions.Select(Read).ToEquatableArray());

    private ForwardExpression Element(CollectionElementSyntax element) => element switch
    {
        ExpressionElementSyntax value => Read(value.Expression),
        SpreadElementSyntax spread => new SpreadExpression(Read(spread.Expression)),
        _ => new SpreadExpression(Nothing),
    };

    /// <summary>What is evaluated on the way is still followed, except in functions that run at another time.</summary>
    private UnknownExpression Unknown(ExpressionSyntax syntax)
    {
        var parts = syntax is AnonymousFunctionExpressionSyntax
            ? []
            : syntax.DescendantNodes(node => node == syntax || node is not ExpressionSyntax)
                .OfType<ExpressionSyntax>()
                .Where(part => part is not (TypeSyntax or AnonymousFunctionExpressionSyntax));
        return new(parts.Select(Read).ToEquatableArray(), AssignedNames.Of(syntax));
    }

    public int Number(SyntaxNode node) => nodes.TryGetValue(node, out var number) ? number : -1;
}
