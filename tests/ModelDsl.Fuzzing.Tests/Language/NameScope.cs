using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelDsl.Fuzzing.Tests.Language;

/// <summary>The names that an expression inside a class may mean.</summary>
internal sealed class NameScope
{
    public NameScope(SyntaxNode root, TypeDeclarationSyntax? type)
    {
        Parameters = [.. type?.ParameterList?.Parameters.Select(parameter => parameter.Identifier.ValueText) ?? []];
        Properties = [.. Members<PropertyDeclarationSyntax>(type).Select(property => property.Identifier.ValueText)];
        Methods = [.. Members<MethodDeclarationSyntax>(type).Select(method => method.Identifier.ValueText)];
        Inputs =
        [
            .. Members<MethodDeclarationSyntax>(type)
                .SelectMany(method => method.ParameterList.Parameters)
                .Select(parameter => parameter.Identifier.ValueText)
                .Distinct(),
        ];
        Types =
        [
            .. root.DescendantNodes().OfType<TypeDeclarationSyntax>().Select(other => other.Identifier.ValueText).Distinct(),
        ];
    }

    /// <summary>The constructor's parameters.</summary>
    public ImmutableArray<string> Parameters { get; }

    public ImmutableArray<string> Properties { get; }

    public ImmutableArray<string> Methods { get; }

    /// <summary>What stages take.</summary>
    public ImmutableArray<string> Inputs { get; }

    public ImmutableArray<string> Types { get; }

    private static IEnumerable<T> Members<T>(TypeDeclarationSyntax? type) => type?.Members.OfType<T>() ?? [];
}
