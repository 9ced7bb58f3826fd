using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Definition;

/// <summary>Reads the arguments of a block, as they would stand in a call.</summary>
internal static class BlockArguments
{
    /// <summary>The arguments by parameter, or null after a finding.</summary>
    public static Dictionary<string, SizeExpression>? Read(
        StageFlow flow, string text, EquatableArray<ParameterDeclaration>? parameters, SizeScope scope)
    {
        // Of a block of which nothing is known, as of one that nests itself, no argument can be judged.
        if (parameters is not { } known)
            return [];
        var arguments = new Dictionary<string, SizeExpression>();
        var list = text.Length > SizeParser.LongestText ? null : SyntaxFactory.ParseArgumentList($"({text})");
        if (list is null or { ContainsDiagnostics: true } || list.Span.Length != text.Length + 2)
        {
            flow.Report(Rules.NotASize, flow.Anchor with { Argument = "Arguments" }, text);
            return null;
        }
        for (var position = 0; position < list.Arguments.Count; position++)
        {
            var argument = list.Arguments[position];
            var name = argument.NameColon?.Name.Identifier.ValueText ?? NameAt(known, position);
            var parameter = known.FirstOrDefault(candidate => candidate.Name == name);
            if (name is null || parameter is null || arguments.ContainsKey(name))
                Unknown(flow, argument, name, known);
            else if (ReadValue(flow, argument.Expression, parameter, text, scope) is { } value)
                arguments.Add(name, value);
        }
        return flow.HasFailed ? null : arguments;
    }

    private static string? NameAt(EquatableArray<ParameterDeclaration> parameters, int position) =>
        position < parameters.Count ? parameters[position].Name : null;

    private static void Unknown(StageFlow flow, ArgumentSyntax argument, string? name, EquatableArray<ParameterDeclaration> parameters)
    {
        var found = argument.NameColon?.Name.Span ?? argument.Span;
        var known = string.Join(", ", parameters.Select(parameter => parameter.Name).DefaultIfEmpty("none"));
        flow.Report(Rules.BlockArgument, flow.Anchor with { Argument = "Arguments", Start = found.Start - 1, Length = found.Length },
            $"'{name ?? argument.ToString()}' is no further parameter of '{flow.BlockTypeName}'; its parameters: {known}");
    }

    private static SizeExpression? ReadValue(StageFlow flow, ExpressionSyntax expression, ParameterDeclaration parameter, string text, SizeScope scope)
    {
        if (parameter.Kind != ParameterKind.Integer)
            return Verbatim(flow, expression, text, scope);
        var size = SizeParser.Parse(expression, scope, out var errors);
        flow.Report(errors.Select(error => error with { Start = error.Start - 1 }), flow.Anchor with { Argument = "Arguments" }, text, scope);
        return size;
    }

    /// <summary>C# that is no size: passed on as it is. A lower-case name in it must be a parameter.</summary>
    private static SizeExpression? Verbatim(StageFlow flow, ExpressionSyntax expression, string text, SizeScope scope)
    {
        var unbound = expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .FirstOrDefault(name => name.Parent is not (MemberAccessExpressionSyntax or NameColonSyntax)
                && char.IsLower(name.Identifier.ValueText[0])
                && !scope.IsParameter(name.Identifier.ValueText)
                && scope.Resolve(name.Identifier.ValueText) is null);
        if (unbound is null)
            return new(expression.ToString().Replace("\r\n", "\n"), null);
        flow.Report([new(SizeErrorKind.UnboundName, unbound.Identifier.ValueText, unbound.SpanStart - 1, unbound.Span.Length)],
            flow.Anchor with { Argument = "Arguments" }, text, scope);
        return null;
    }
}
