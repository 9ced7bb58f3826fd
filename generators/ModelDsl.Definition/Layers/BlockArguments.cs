using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>Reads the arguments of a block, as they would stand in a call.</summary>
internal sealed class BlockArguments
{
    private readonly StageFlow _flow;
    private readonly BlockReference _block;
    private readonly string _text;
    private readonly SizeScope _scope;

    private BlockArguments(StageFlow flow, BlockReference block, string text, SizeScope scope) =>
        (_flow, _block, _text, _scope) = (flow, block, text, scope);

    private Anchor Anchor => _flow.Anchor with { Argument = "Arguments" };

    /// <summary>The arguments by parameter, or null after a finding.</summary>
    /// <param name="flow">What flows into the block.</param>
    /// <param name="block">The block.</param>
    /// <param name="text">The arguments as written.</param>
    /// <param name="parameters">Those of the block; null where nothing is known of it.</param>
    /// <param name="scope">The names that sizes may use.</param>
    public static Dictionary<string, SizeExpression>? Read(
        StageFlow flow, BlockReference block, string text, EquatableArray<ParameterDeclaration>? parameters, SizeScope scope)
    {
        // Of a block of which nothing is known, as of one that nests itself, no argument can be judged.
        return parameters is { } known ? new BlockArguments(flow, block, text, scope).Read(known) : [];
    }

    private Dictionary<string, SizeExpression>? Read(EquatableArray<ParameterDeclaration> parameters)
    {
        var arguments = new Dictionary<string, SizeExpression>();
        var list = _text.Length > SizeParser.LongestText ? null : SyntaxFactory.ParseArgumentList($"({_text})");
        if (list is null or { ContainsDiagnostics: true } || list.Span.Length != _text.Length + 2)
        {
            _flow.Report(Rules.NotASize, Anchor, _text);
            return null;
        }
        for (var position = 0; position < list.Arguments.Count; position++)
        {
            var argument = list.Arguments[position];
            var name = argument.NameColon?.Name.Identifier.ValueText
                ?? (position < parameters.Count ? parameters[position].Name : null);
            var parameter = parameters.FirstOrDefault(candidate => candidate.Name == name);
            if (name is null || parameter is null || arguments.ContainsKey(name))
                Unknown(argument, name, parameters);
            else if (ReadValue(argument.Expression, parameter) is { } value)
                arguments.Add(name, value);
        }
        return _flow.HasFailed ? null : arguments;
    }

    private void Unknown(ArgumentSyntax argument, string? name, EquatableArray<ParameterDeclaration> parameters)
    {
        var found = argument.NameColon?.Name.Span ?? argument.Span;
        var known = string.Join(", ", parameters.Select(parameter => parameter.Name).DefaultIfEmpty("none"));
        var isTwice = name is not null && parameters.Any(parameter => parameter.Name == name);
        _flow.Report(Rules.BlockArgument, Anchor with { Start = found.Start - 1, Length = found.Length },
            isTwice
            ? $"'{name}' of '{_block.Name}' is given twice: remove one"
            : $"'{name ?? argument.ToString()}' is no further parameter of '{_block.Name}'; its parameters: {known}");
    }

    private SizeExpression? ReadValue(ExpressionSyntax expression, ParameterDeclaration parameter)
    {
        if (parameter.Kind != ParameterKind.Integer)
            return Verbatim(expression) is { } value && IsOfItsKind(expression, parameter) ? value : null;
        var size = SizeParser.Parse(expression, _scope, out var errors);
        _flow.Report(errors.Select(error => error with { Start = error.Start - 1 }), Anchor, _text, _scope);
        return size;
    }

    private bool IsOfItsKind(ExpressionSyntax expression, ParameterDeclaration parameter)
    {
        if (new ArgumentKinds(_scope).Misfit(expression, parameter.Kind) is not { } misfit)
            return true;
        _flow.Report(Rules.BlockArgument, Anchor with { Start = expression.SpanStart - 1, Length = expression.Span.Length },
            $"'{parameter.Name}' of '{_block.Name}' is {ArgumentKinds.Name(parameter.Kind)}, and '{expression}' {misfit}");
        return false;
    }

    /// <summary>C# that is no size: passed on as it is, but for names that the generated file knows in other words.</summary>
    private SizeExpression? Verbatim(ExpressionSyntax expression)
    {
        var names = FreeNames.Of(expression);
        if (names.FirstOrDefault(name => Meaning(name) is null) is { } unbound)
            return Unbound(unbound);
        var code = new StringBuilder(expression.ToString());
        // From the end, so that what comes before stays where it is.
        foreach (var name in names.Reverse())
        {
            var (start, length) = (name.Identifier.SpanStart - expression.SpanStart, name.Identifier.Span.Length);
            code.Remove(start, length).Insert(start, Meaning(name, isAlone: name == expression));
        }
        return new(LineEnds.ToLineFeeds(code.ToString()), Value(expression));
    }

    /// <summary>Sizes are inlined as everywhere, other parameters are named, and the rest is qualified.</summary>
    private string? Meaning(SimpleNameSyntax name, bool isAlone = false)
    {
        var text = name.Identifier.ValueText;
        if (_scope.Resolve(text) is { } size)
            return isAlone ? size.Code : size.Operand;
        return _scope.IsParameter(text)
            ? Identifiers.Escape(text)
            : _block.Names.FirstOrDefault(known => known.Name == text)?.Code;
    }

    /// <summary>Flags and arrays are no sizes, but sizes of the block may depend on them.</summary>
    private Size? Value(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Value(inner.Expression),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } => Size.One,
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } => Size.Zero,
        IdentifierNameSyntax { Identifier.ValueText: { } name } when _scope.IsFlag(name) || _scope.IsArray(name) =>
            Size.Symbol(Identifiers.Escape(name)),
        _ => null,
    };

    private SizeExpression? Unbound(SimpleNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        var exact = Anchor with { Start = name.Identifier.SpanStart - 1, Length = name.Identifier.Span.Length };
        if (_flow.Model.Declaration.SizeProperties.Any(property => property.Name == text))
            _flow.Report(Rules.BlockArgument, exact,
                $"'{text}' is no integer over parameters, and other properties can't be read while blocks are built: "
                + "make it static or a parameter");
        else
            _flow.Report(Rules.UnboundName, exact, text, _flow.Model.Declaration.Name,
                string.Join(", ", _scope.Names.DefaultIfEmpty("none")));
        return null;
    }
}
