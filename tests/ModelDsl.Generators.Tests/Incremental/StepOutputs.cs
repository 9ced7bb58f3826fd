using Microsoft.CodeAnalysis;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// What the generator's own steps give, those without a name between the named ones too: Roslyn remembers all of it. Where
/// Roslyn's own steps begin, compilations and nodes are its affair.
/// </summary>
internal static class StepOutputs
{
    /// <summary>The last of Roslyn's steps; what it gives is made by the generator's transformation.</summary>
    private const string Transformed = "result_ForAttributeWithMetadataName";

    public static IReadOnlyList<(string Step, object Value)> Of(GeneratorRun run)
    {
        var outputs = run.Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Inputs);
        var found = new HashSet<IncrementalGeneratorRunStep>();
        var next = new Stack<IncrementalGeneratorRunStep>(outputs.Select(input => input.Source));
        while (next.TryPop(out var step))
        {
            if (IsOfRoslyn(step) || !found.Add(step))
                continue;
            if (step.Name == Transformed)
                continue;
            foreach (var (source, _) in step.Inputs)
                next.Push(source);
        }
        return [.. found.SelectMany(step => step.Outputs, (step, output) => (step.Name ?? "", output.Value))];
    }

    private static bool IsOfRoslyn(IncrementalGeneratorRunStep step) =>
        step.Name is WellKnownGeneratorInputs.AnalyzerConfigOptions or WellKnownGeneratorInputs.Compilation
        || (step.Name != Transformed && step.Name?.Contains("_ForAttribute", StringComparison.Ordinal) == true);
}
