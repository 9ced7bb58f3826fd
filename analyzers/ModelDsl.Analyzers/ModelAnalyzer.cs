using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using ModelDsl.Definition;

namespace ModelDsl.Analyzers;

/// <summary>
/// Reports every finding on a <c>[Model]</c> class, under the characters that it is about, and on calls that build one
/// with values of their own.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // A wrong model throws when it runs, whoever wrote its source: code that says it is generated must not fail in silence.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (context.Compilation.GetTypesByMetadataName("ModelDsl.ModelAttribute").IsEmpty)
            return;
        var models = new ModelsOfCompilation(context.Compilation);
        context.RegisterSymbolAction(symbol => Analyze(symbol, models), SymbolKind.NamedType);
        // An action on operations would have the compiler bind every body, those of generated code too.
        context.RegisterSyntaxNodeAction(
            creation => AnalyzeCall(creation, models),
            SyntaxKind.ObjectCreationExpression,
            SyntaxKind.ImplicitObjectCreationExpression);
    }

    private static void Analyze(SymbolAnalysisContext context, ModelsOfCompilation models)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!ModelsOfCompilation.IsModel(type))
            return;
        var definition = models.Infer(type, context.CancellationToken);
        foreach (var finding in definition.Findings.Concat(Judgments.Of(definition)))
        {
            var location = AnchorLocator.Locate(type, finding.Anchor, context.CancellationToken);
            var related = finding.Related is { } other ? AnchorLocator.Locate(type, other, context.CancellationToken) : null;
            context.ReportDiagnostic(FindingDiagnostics.Create(finding, location, related));
        }
    }

    private static void AnalyzeCall(SyntaxNodeAnalysisContext context, ModelsOfCompilation models)
    {
        // Blocks that a model nests are judged in the model.
        if (context.Node is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } syntax
            || DeclarationReader.IsGenerated(syntax.SyntaxTree))
            return;
        if (context.SemanticModel.GetTypeInfo(syntax, context.CancellationToken).Type is not INamedTypeSymbol type
            || !models.IsOwnModel(type))
            return;
        if (context.SemanticModel.GetOperation(syntax, context.CancellationToken) is IObjectCreationOperation creation)
            JudgeCall(context, models, type.OriginalDefinition, creation);
    }

    private static void JudgeCall(
        SyntaxNodeAnalysisContext context,
        ModelsOfCompilation models,
        INamedTypeSymbol model,
        IObjectCreationOperation creation)
    {
        if (!SymbolEqualityComparer.Default.Equals(
            creation.Constructor?.OriginalDefinition,
            DeclarationReader.PrimaryConstructor(model)))
            return;
        foreach (var finding in Judgments.OfCall(models.Infer(model, context.CancellationToken), CallReader.Read(creation)))
        {
            var syntax = CallReader.NormalizationArgument(creation)?.Value.Syntax ?? creation.Syntax;
            context.ReportDiagnostic(FindingDiagnostics.Create(finding, syntax.GetLocation()));
        }
    }
}
