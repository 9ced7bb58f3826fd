using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Harness;

/// <summary>A compilation and what the generator made of it.</summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;
    private readonly Compilation _output;

    public GeneratorRun(CSharpCompilation compilation, GeneratorDriver driver)
    {
        Compilation = compilation;
        _driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out _output, out _);
        Result = _driver.GetRunResult().Results.Single();
    }

    /// <summary>Before generation.</summary>
    public CSharpCompilation Compilation { get; }

    public GeneratorRunResult Result { get; }

    public IReadOnlyList<GeneratedSourceResult> Files => Result.GeneratedSources;

    /// <summary>All generated files, each under its name.</summary>
    public string Text => string.Join("\n", Files.Select(file => $"// ==== {file.HintName}\n{file.SourceText}"));

    /// <summary>Everything that the compiler says from warning upwards, generated files included.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics =>
        [.. _output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Output => _output;

    public string FileNamed(string hintName) => Files.Single(file => file.HintName == hintName).SourceText.ToString();

    /// <summary>The same driver over another compilation: what an editor does at a keystroke.</summary>
    public GeneratorRun Then(CSharpCompilation next) => new(next, _driver);

    /// <summary>The same with another setting of the driver, such as options of the project.</summary>
    public GeneratorRun Then(CSharpCompilation next, Func<GeneratorDriver, GeneratorDriver> change) => new(next, change(_driver));

    /// <summary>Every output of a step, in order.</summary>
    public IReadOnlyList<(object Value, IncrementalStepRunReason Reason)> Outputs(string step) =>
        Result.TrackedSteps.TryGetValue(step, out var runs) ? [.. runs.SelectMany(run => run.Outputs)] : [];

    /// <summary>Why each output of a step ran, in the order of the models.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) => [.. Outputs(step).Select(output => output.Reason)];

    /// <summary>What the generator inferred of a model.</summary>
    public ModelDefinition Definition(string name) =>
        Outputs(StepNames.Infer).Select(output => (ModelDefinition)output.Value).Single(definition => definition.Declaration.Name == name);

    public GeneratorRun ShouldCompile()
    {
        Assert.Null(Result.Exception);
        Assert.True(Diagnostics.Count == 0, $"{string.Join("\n", Diagnostics)}\n{Text}");
        return this;
    }

    /// <summary>The compiled assembly.</summary>
    public byte[] Image()
    {
        using var stream = new MemoryStream();
        var emitted = _output.Emit(stream);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return stream.ToArray();
    }

    /// <summary>Loads the compiled assembly, after the images of those that it references.</summary>
    public LoadedModels Load(params byte[][] libraries) => new(Image(), libraries);
}
