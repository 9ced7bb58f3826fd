using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>
/// Adds to a generated model calls of <see cref="ShapeProbe"/> with what was inferred: the input of each stage, and each
/// statement's shape, which is its trailing comment and C# over the constructor's parameters and free sizes.
/// </summary>
internal sealed partial class Instrumentation
{
    /// <summary>The method that is added to each model: its described layers with the sizes of the last pass.</summary>
    public const string Rows = "InferredRows";

    private const string Probe = "global::ModelDsl.Generators.Tests.RandomNets.ShapeProbe";

    private readonly List<(int Position, string Text)> _edits = [];
    private readonly Dictionary<string, string> _shapes = [];
    private readonly ModelDefinition _definition;

    private Instrumentation(ModelDefinition definition) => _definition = definition;

    public static SyntaxTree Of(SyntaxTree tree, IReadOnlyDictionary<string, ModelDefinition> definitions)
    {
        var edits = new List<(int Position, string Text)>();
        foreach (var type in tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
        {
            if (type.BaseList is null)
                edits.AddRange(type.Members.OfType<MethodDeclarationSyntax>().SelectMany(HandWritten));
            else if (definitions.TryGetValue(type.Identifier.ValueText, out var definition))
                edits.AddRange(new Instrumentation(definition).Of(type));
        }
        if (edits.Count == 0)
            return tree;
        var text = tree.GetText().ToString();
        foreach (var (position, added) in edits.OrderByDescending(edit => edit.Position))
            text = text.Insert(position, added);
        return CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath);
    }

    /// <summary>The author's <c>forward</c> says what the free sizes of its input are.</summary>
    private static IEnumerable<(int, string)> HandWritten(MethodDeclarationSyntax method)
    {
        if (method.Body is not { } body || method.Identifier.ValueText != "forward")
            yield break;
        var parameter = method.ParameterList.Parameters[0];
        var shape = (LiteralExpressionSyntax)parameter.AttributeLists[0].Attributes[0].ArgumentList!.Arguments[0].Expression;
        yield return (body.OpenBraceToken.Span.End, Bindings(shape.Token.ValueText, parameter.Identifier.Text));
    }

    private List<(int Position, string Text)> Of(ClassDeclarationSyntax type)
    {
        foreach (var method in type.Members.OfType<MethodDeclarationSyntax>().Where(method => method.Body is not null))
            Method(method);
        foreach (var property in type.Members.OfType<PropertyDeclarationSyntax>())
            Property(property);
        var rows = Description();
        _edits.Add((type.CloseBraceToken.SpanStart, rows + string.Concat(_shapes.Select(Shape))));
        return _edits;
    }

    private void Method(MethodDeclarationSyntax method)
    {
        var name = method.Identifier.ValueText;
        var stage = _definition.Stages.FirstOrDefault(stage => stage.Declaration.Name == name && stage.Field is null);
        var first = method.ParameterList.Parameters.FirstOrDefault()?.Identifier.Text;
        if (first is null || (stage is null && name != "forward"))
            return;
        var site = $"{_definition.Declaration.Name}.{name}";
        var bindings = Declared(stage) is { } given ? Bindings(given, first) : "";
        var input = stage?.Input is { } taken ? $"{Saw($"{site} input", $"{taken}", first)};" : "";
        _edits.Add((method.Body!.OpenBraceToken.Span.End, bindings + input));
        foreach (var statement in method.Body!.Statements)
            Statement(site, statement);
    }

    /// <summary>
    /// The shape whose free sizes the method's input decides: the stage's own, in a chain that of its first stage.
    /// </summary>
    private string? Declared(StageDefinition? stage)
    {
        stage ??= _definition.Stages.FirstOrDefault(first => first.Declaration.Name == _definition.Forward?.Stages[0]);
        return stage?.Declaration.InputShape is null ? null : $"{stage.Input}";
    }

    private void Statement(string site, StatementSyntax statement)
    {
        var comment = statement.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia));
        if (comment == default)
            return;
        var shape = comment.ToString()[2..].Trim();
        if (statement is LocalDeclarationStatementSyntax { Declaration.Variables: [var local] })
            _edits.Add((statement.Span.End, $" {Saw($"{site} {local.Identifier}", shape, local.Identifier.Text)};"));
        else if (statement is ReturnStatementSyntax { Expression: { } expression })
        {
            var call = Saw($"{site} return", shape, "|").Split('|');
            _edits.Add((expression.SpanStart, call[0]));
            _edits.Add((expression.Span.End, call[1]));
        }
    }

    /// <summary>A parameter or buffer has its shape whenever it is read.</summary>
    private void Property(PropertyDeclarationSyntax property)
    {
        var name = property.Identifier.ValueText;
        if (_definition.Tensors.FirstOrDefault(tensor => tensor.Declaration.Property.Name == name) is not { } tensor)
            return;
        var value = property.ExpressionBody!.Expression;
        var call = Saw($"{_definition.Declaration.Name}.{name}", $"{tensor.Shape}", "|").Split('|');
        _edits.Add((value.SpanStart, $"({property.Type}){call[0]}"));
        _edits.Add((value.Span.End, call[1]));
    }

    private string Description()
    {
        var items = _definition.Stages.SelectMany(stage => stage.Rows.Select(row =>
            $"(\"{stage.Declaration.Name}\", \"{row.StateName}\", \"{row.Shape}\", {Expected(row.Shape)})"));
        return "public global::System.Collections.Generic.IReadOnlyList<(string, string, string, long[])> "
            + $"{Rows}() => [{string.Join(", ", items)}];\n";
    }

    private static string Bindings(string shape, string tensor) => string.Concat(shape.Split(", ").Select((size, axis) =>
        Symbol().IsMatch(size) ? $" {Probe}.Bind(this, \"{size}\", {tensor}.shape[{axis}]);" : ""));

    private string Saw(string site, string shape, string tensor) =>
        $" {Probe}.Saw(\"{site}\", \"{shape}\", {tensor}, {Expected(shape)})";

    /// <summary>A call of a method of its own: in a body a local may have a parameter's name.</summary>
    private string Expected(string shape)
    {
        if (!_shapes.TryGetValue(shape, out var method))
            _shapes.Add(shape, method = $"InferredShape{_shapes.Count}");
        return $"{method}()";
    }

    private static string Shape(KeyValuePair<string, string> shape)
    {
        var symbols = Symbols().Matches(shape.Key).Select(match => match.Value).Distinct();
        var locals = symbols.Select(symbol => $"var {symbol} = {Probe}.SizeOf(this, \"{symbol}\"); ");
        var sizes = shape.Key.Split(", ").Select(size => size == "?" ? $"{ShapeProbe.Unknown}" : size);
        return $"private long[] {shape.Value}() {{ {string.Concat(locals)}"
            + $"return new long[] {{ {string.Join(", ", sizes)} }}; }}\n";
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9_]*$")]
    private static partial Regex Symbol();

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9_]*\b")]
    private static partial Regex Symbols();
}
