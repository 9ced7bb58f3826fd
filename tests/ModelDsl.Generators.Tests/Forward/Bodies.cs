using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Forward;

/// <summary>Bodies that tests write, and what is found in them.</summary>
internal static class Bodies
{
    /// <summary>Constructor parameters c, k and width, an integer property half, and a flag.</summary>
    public static readonly EquatableArray<ParameterDeclaration> Parameters = new[]
    {
        new ParameterDeclaration("c", ParameterKind.Integer, false, null),
        new ParameterDeclaration("k", ParameterKind.Integer, false, null),
        new ParameterDeclaration("width", ParameterKind.Integer, false, null),
        new ParameterDeclaration("heads", ParameterKind.Integer, false, null),
        new ParameterDeclaration("flag", ParameterKind.Boolean, false, null),
        new ParameterDeclaration("rate", ParameterKind.FloatingPoint, false, null),
    }.ToEquatableArray();

    public static readonly SizeScope Scope = new(
        Parameters, new[] { new SizePropertyDeclaration("Half", "width / 2") }.ToEquatableArray());

    public static Shape Shape(string text) => Declared(text).Shape;

    public static DeclaredShape Declared(string text)
    {
        var shape = ShapeParser.Parse(text, Scope, out var errors);
        Assert.Empty(errors);
        return shape!;
    }

    /// <summary>Runs the first method of a class body; every parameter named x, y or z is a tensor.</summary>
    public static ForwardResult Run(string members, FakeMembers? model = null, params (string Name, string? Shape)[] shapes)
    {
        var methods = Methods(members, shapes.ToDictionary(pair => pair.Name, pair => pair.Shape));
        return ForwardFlow.Run(new(methods, Parameters, Scope, model ?? new FakeMembers()), 0);
    }

    /// <summary>The value that an expression of x has.</summary>
    public static TensorValue Value(string expression, string x, FakeMembers? model = null) =>
        Assert.IsType<TensorValue>(Sound($"Tensor forward(Tensor x) => {expression};", x, model));

    /// <summary>What a body without findings returns.</summary>
    public static FlowValue Sound(string members, string? x, FakeMembers? model = null)
    {
        var result = Run(members, model, ("x", x));
        Assert.Empty(result.Findings);
        return result.Output;
    }

    public static EquatableArray<ForwardMethod> Methods(string members, Dictionary<string, string?> shapes)
    {
        var type = (ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"class Net {{ {members} }}")!;
        return type.Members.OfType<MethodDeclarationSyntax>()
            .Select(method => ForwardReader.Read(method, Read(method.ParameterList, shapes)))
            .ToEquatableArray();
    }

    private static EquatableArray<ForwardParameter> Read(ParameterListSyntax parameters, Dictionary<string, string?> shapes) =>
        parameters.Parameters
            .Select(parameter => parameter.Identifier.ValueText)
            .Select(name => new ForwardParameter(
                name,
                name is "x" or "y" or "z" ? ForwardParameterKind.Tensor : ForwardParameterKind.Other,
                shapes.GetValueOrDefault(name)))
            .ToEquatableArray();
}
