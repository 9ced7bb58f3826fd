using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>
/// Adds to generated bodies calls of <see cref="ShapeProbe"/> with what was inferred: the input of each stage, and each statement's
/// shape, which is its trailing comment and C# over the constructor's parameters and free sizes.
/// </summary>
internal static partial class Instrumentation
{
    private const string Probe = "global::ModelDsl.Generators.Tests.RandomNets.ShapeProbe";

    public static SyntaxTree Of(SyntaxTree tree, IReadOnlyDictionary<string, ModelDefinition> definitions)
    {
        var edits = new List<(int Position, string Text)>();
        foreach (var type in tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
        {
            if (!definitions.TryGetValue(type.Identifier.ValueText, out var definition))
                continue;
            foreach (var method in type.Members.OfType<MethodDeclarationSyntax>().Where(method => method.Body is not null))
                Method(definition, method, edits);
            foreach (var property in type.Members.OfType<PropertyDeclarationSyntax>())
                Property(definition, property, edits);
        }
        var text = tree.GetText().ToString();
        foreach (var (position, added) in edits.OrderByDescending(edit => edit.Position))
            text = text.Insert(position, added);
        return CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath);
    }

    private static void Method(ModelDefinition definition, MethodDeclarationSyntax method, List<(int, string)> edits)
    {
        var name = method.Identifier.ValueText;
        var stage = definition.Stages.FirstOrDefault(stage => stage.Declaration.Name == name && stage.Field is null);
        var first = method.ParameterList.Parameters.FirstOrDefault()?.Identifier.Text;
        if (first is null || (stage is null && name != "forward"))
            return;
        var (site, shapes) = ($"{definition.Declaration.Name}.{name}", new List<string>());
        var input = stage?.Input is { } taken ? $"{taken}" : null;
        foreach (var statement in method.Body!.Statements)
            Statement(site, statement, shapes, edits);
        if (input is not null)
            shapes.Add(input);
        edits.Add((
            method.Body.OpenBraceToken.Span.End,
            (Declared(definition, stage) is { } given ? Bindings(given, first) : "")
                + Locals(shapes)
                + (input is null ? "" : $"{Saw($"{site} input", input, first)};")));
    }

    /// <summary>The shape whose free sizes the method's input decides: the stage's own, in a chain that of its first stage.</summary>
    private static string? Declared(ModelDefinition definition, StageDefinition? stage)
    {
        stage ??= definition.Stages.FirstOrDefault(first => first.Declaration.Name == definition.Forward?.Stages[0]);
        return stage?.Declaration.InputShape is null ? null : $"{stage.Input}";
    }

    private static void Statement(string site, StatementSyntax statement, List<string> shapes, List<(int, string)> edits)
    {
        var comment = statement.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia));
        if (comment == default)
            return;
        var shape = comment.ToString()[2..].Trim();
        shapes.Add(shape);
        if (statement is LocalDeclarationStatementSyntax { Declaration.Variables: [var local] })
            edits.Add((statement.Span.End, $" {Saw($"{site} {local.Identifier}", shape, local.Identifier.Text)};"));
        else if (statement is ReturnStatementSyntax { Expression: { } expression })
        {
            var call = Saw($"{site} return", shape, "|").Split('|');
            edits.Add((expression.SpanStart, call[0]));
            edits.Add((expression.Span.End, call[1]));
        }
    }

    /// <summary>A parameter or buffer has its shape; a layer is watched wherever it is called.</summary>
    private static void Property(ModelDefinition definition, PropertyDeclarationSyntax property, List<(int, string)> edits)
    {
        var name = property.Identifier.ValueText;
        var (site, value) = ($"{definition.Declaration.Name}.{name}", property.ExpressionBody!.Expression);
        var tensor = definition.Tensors.FirstOrDefault(tensor => tensor.Declaration.Property.Name == name);
        if (tensor is null)
            return;
        edits.Add((value.SpanStart, $"({property.Type}){Probe}.Saw(\"{site}\", \"{tensor.Shape}\", "));
        edits.Add((value.Span.End, $", [{Elements($"{tensor.Shape}")}])"));
    }

    private static string Bindings(string shape, string tensor) => string.Concat(shape.Split(", ").Select((size, axis) =>
        Symbol().IsMatch(size) ? $" {Probe}.Bind(this, \"{size}\", {tensor}.shape[{axis}]);" : ""));

    private static string Locals(IEnumerable<string> shapes) => string.Concat(shapes
        .SelectMany(shape => Symbols().Matches(shape).Select(match => match.Value))
        .Distinct()
        .Select(symbol => $" var {symbol} = {Probe}.SizeOf(this, \"{symbol}\");"));

    private static string Saw(string site, string shape, string tensor) =>
        $" {Probe}.Saw(\"{site}\", \"{shape.Replace("\"", "\\\"")}\", {tensor}, [{Elements(shape)}])";

    private static string Elements(string shape) =>
        string.Join(", ", shape.Split(", ").Select(size => size == "?" ? $"{ShapeProbe.Unknown}" : size));

    [GeneratedRegex("^[A-Z][A-Za-z0-9_]*$")]
    private static partial Regex Symbol();

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9_]*\b")]
    private static partial Regex Symbols();
}
