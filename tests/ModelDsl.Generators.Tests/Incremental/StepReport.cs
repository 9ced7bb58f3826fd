using Microsoft.CodeAnalysis;
using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// What ran at an edit, a line a model: <c>Net: read, link, infer, print</c>. A step that ran and gave the same stands in
/// parentheses, one of a new model has a plus, one of a removed model a minus. Read looks at every model at every edit, so that
/// of read only changes are named, and contracts, which a change of any model asks, where one changed; a model of which nothing ran
/// has no line.
/// </summary>
internal static class StepReport
{
    private static readonly string[] OfModel = [StepNames.Read, StepNames.Link, StepNames.Infer, StepNames.Print];

    public static string Of(GeneratorRun run)
    {
        var contracts = run.Reasons(StepNames.Contracts).Select(reason => Word(StepNames.Contracts, reason));
        var models = OfModel
            .SelectMany(step => run.Outputs(step).Select(output => (Model: Model(output.Value), Word: Word(step, output.Reason))))
            .Where(entry => entry.Word.Length > 0)
            .GroupBy(entry => entry.Model, entry => entry.Word)
            .OrderBy(model => model.Key, StringComparer.Ordinal)
            .Select(model => $"{model.Key}: {string.Join(", ", model)}");
        return string.Join("\n", contracts.Concat(models).Where(line => line.Length > 0));
    }

    private static string Word(string step, IncrementalStepRunReason reason) => reason switch
    {
        IncrementalStepRunReason.Cached => "",
        IncrementalStepRunReason.Unchanged => step is StepNames.Read or StepNames.Contracts ? "" : $"({step})",
        IncrementalStepRunReason.New => $"+{step}",
        IncrementalStepRunReason.Removed => $"-{step}",
        _ => step,
    };

    private static string Model(object output) => output switch
    {
        ModelDeclaration declaration => declaration.Name,
        LinkedModel linked => linked.Declaration.Name,
        ModelDefinition definition => definition.Declaration.Name,
        _ => $"{output.GetType().GetProperty("Name")!.GetValue(output)}".Split('.')[^3],
    };
}
