using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using ModelDsl.Definition;
using static TorchSharp.torch;
using Size = ModelDsl.Definition.Size;

namespace ModelDsl.Generators.Tests.Harness;

/// <summary>A source and what it expands to: verified, compiled without a warning, and run.</summary>
internal sealed class Expansion
{
    private readonly GeneratorRun _run;

    private Expansion(GeneratorRun run) => _run = run;

    /// <summary>A sound declaration.</summary>
    public static Expansion Of(string source)
    {
        var expansion = OfWrong(source);
        foreach (var definition in expansion._run.Outputs(StepNames.Infer).Select(output => (ModelDefinition)output.Value))
        {
            Assert.Empty(definition.Findings);
            Promises.ShouldReadBack(definition.Contract);
        }
        return expansion;
    }

    /// <summary>
    /// A declaration that an analyzer refuses; it compiles all the same, with and without a documentation file.
    /// </summary>
    public static Expansion OfWrong(string source)
    {
        ModelCompiler.Run(DocumentationMode.Diagnose, source).ShouldCompile();
        return new(ModelCompiler.Run(source).ShouldCompile());
    }

    public Expansion IsVerified([CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        Snapshots.Match(_run.Text, file, method);
        return this;
    }

    /// <summary>
    /// Builds a model, runs it forward and backward on random numbers, and demands the shape that is expected, which must also be
    /// the one that was inferred for these sizes.
    /// </summary>
    public Expansion Runs(string type, object[] arguments, long[] input, long[] output, params (string Name, long Value)[] sizes)
    {
        Assert.Equal(output, Inferred(type, sizes));
        using var models = _run.Load();
        using var scope = NewDisposeScope();
        using var model = models.Create(type, arguments);
        var y = model.call(randn(input));
        Assert.Equal(output, y.shape);
        y.square().sum().backward();
        Assert.All(model.named_parameters(), entry => Assert.True(entry.parameter.grad is not null, $"{entry.name} has no gradient"));
        return this;
    }

    private IEnumerable<long> Inferred(string type, (string Name, long Value)[] sizes)
    {
        var name = type.Split('.', '+')[^1].Split('`')[0];
        var values = sizes.ToDictionary(size => size.Name, size => Size.Constant(size.Value));
        var shape = _run.Definition(name).Contract.Output!.Substitute(values.GetValueOrDefault);
        return shape.Axes.Select(axis => axis.Size?.Value ?? throw new InvalidOperationException($"[{shape}] has an axis without a value"));
    }
}
