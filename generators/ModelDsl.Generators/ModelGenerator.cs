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
                static (syntax, cancellationToken) => DeclarationReader.Read((INamedTypeSymbol)syntax.TargetSymbol, cancellationToken))
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
            .Select(static (definition, _) => new GeneratedFile(FileName(definition.Declaration), ModelPrinter.Print(definition)))
            .WithTrackingName(StepNames.Print);
        context.RegisterSourceOutput(printed, static (production, file) =>
        {
            if (file.Source is not null)
                production.AddSource(file.Name, SourceText.From(file.Source, Utf8));
        });
    }

    /// <summary>Unique in a compilation: <c>Samples.ResNet.g.cs</c>; of a nested or generic type without characters that paths forbid.</summary>
    private static string FileName(ModelDeclaration declaration) => declaration.MetadataName.Replace('+', '.').Replace('`', '_') + ".g.cs";
}
