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
                static (syntax, cancellationToken) => IsFirst(syntax)
                    ? KnownDeclarations.Read(
                        (INamedTypeSymbol)syntax.TargetSymbol, syntax.SemanticModel.Compilation, cancellationToken)
                    : null)
            .Where(static declaration => declaration is not null)
            .Select(static (declaration, _) => declaration!)
            .WithTrackingName(StepNames.Read);
        var contracts = declarations.Collect()
            .Select(static (all, cancellationToken) => ContractsOfCompilation.Of(all, cancellationToken))
            .WithTrackingName(StepNames.Contracts);
        var definitions = declarations.Combine(contracts)
            .Select(static (pair, _) => pair.Right.Link(pair.Left))
            .WithTrackingName(StepNames.Link)
            .Select(static (model, _) => model.Infer())
            .WithTrackingName(StepNames.Infer);
        var printed = definitions
            .Select(static (definition, _) => new GeneratedFile(FileName(definition), ModelPrinter.Print(definition)))
            .WithTrackingName(StepNames.Print);
        context.RegisterSourceOutput(printed, static (production, file) =>
        {
            if (file.Source is not null)
                production.AddSource(file.Name, SourceText.From(file.Source, Utf8));
        });
        var areAnalyzersOff = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => AnalyzerSwitch.IsOff(options));
        context.RegisterImplementationSourceOutput(definitions.Combine(areAnalyzersOff), static (production, pair) =>
        {
            if (pair.Right)
                AnalyzerSwitch.Report(production, pair.Left);
        });
    }

    /// <summary>Half-typed code may say <c>[Model]</c> on several parts of a class: the model is read once.</summary>
    private static bool IsFirst(GeneratorAttributeSyntaxContext syntax)
    {
        var first = syntax.TargetSymbol.GetAttributes()
            .First(attribute => LayerReader.IsNamed(attribute, "ModelAttribute"))
            .ApplicationSyntaxReference;
        return syntax.Attributes.Any(
            attribute => attribute.ApplicationSyntaxReference is { } here
                && here.SyntaxTree == first?.SyntaxTree
                && here.Span == first.Span);
    }

    /// <summary>Unique in a compilation, whatever the case of letters: <c>Samples.ResNet.g.cs</c>.</summary>
    private static string FileName(ModelDefinition definition)
    {
        var number = definition.Namesakes == 0 ? "" : $".{definition.Namesakes}";
        return $"{definition.Declaration.FileName}{number}.g.cs";
    }
}
