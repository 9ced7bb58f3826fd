using Microsoft.CodeAnalysis;

namespace ModelDsl.Fuzzing.Tests;

/// <summary>Generates what no generator should; throws where it has nothing to say.</summary>
internal sealed class DefectiveGenerator(string? source) : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider, (production, _) =>
            production.AddSource("Defective.g.cs", source ?? throw new InvalidOperationException("It is defective.")));
}
