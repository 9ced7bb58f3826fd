using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Definition;

namespace ModelDsl.Generators;

/// <summary>Expands every <c>[Model]</c> class: read, contracts, link, infer, print.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    private const string ModelAttribute = "ModelDsl.ModelAttribute";

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ModelAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (syntax, cancellationToken) => IsFirstPart(syntax) ? DeclarationReader.Read((INamedTypeSymbol)syntax.TargetSymbol, cancellationToken) : null)
            .Where(static declaration => declaration is not null)
            .Select(static (declaration, _) => declaration!)
            .WithTrackingName(StepNames.Read);
        var contracts = declarations.Collect()
            .Select(static (all, cancellationToken) => new ContractsOfCompilation(
                ContractTable.Build(all, cancellationToken), all.Select(BlocksOfModel.Of).ToEquatableArray()))
            .WithTrackingName(StepNames.Contracts);
        var printed = declarations.Combine(contracts)
            .Select(static (pair, _) => pair.Right.Link(pair.Left))
            .WithTrackingName(StepNames.Link)
            .Select(static (model, _) => model.Infer())
            .WithTrackingName(StepNames.Infer)
            .Select(static (definition, _) => new GeneratedFile(FileName(definition), ModelPrinter.Print(definition)))
            .WithTrackingName(StepNames.Print);
        context.RegisterSourceOutput(printed, static (production, file) =>
        {
            if (file.Source is not null)
                production.AddSource(file.Name, SourceText.From(file.Source, Utf8));
        });
    }

    /// <summary>While the attribute stands on two parts of a class, an error of the compiler's, the class is still one model.</summary>
    private static bool IsFirstPart(GeneratorAttributeSyntaxContext syntax) =>
        syntax.TargetSymbol.GetAttributes().First(attribute => attribute.AttributeClass?.Name == nameof(ModelAttribute)).ApplicationSyntaxReference is { } first
        && first.SyntaxTree == syntax.TargetNode.SyntaxTree
        && syntax.TargetNode.Span.Contains(first.Span);

    /// <summary>
    /// Unique in a compilation: <c>Samples.ResNet.g.cs</c>; of a nested or generic type, or one with unusual letters, without characters that
    /// paths forbid.
    /// </summary>
    private static string FileName(ModelDefinition definition)
    {
        var name = new StringBuilder();
        foreach (var character in definition.Declaration.MetadataName)
            name.Append(character is '.' or '_' || char.IsLetterOrDigit(character) ? $"{character}" : character == '+' ? "." : character == '`' ? "-" : $"-{(int)character:x}");
        return name.Append(definition.Twin == 0 ? ".g.cs" : $"-{definition.Twin}.g.cs").ToString();
    }
}
