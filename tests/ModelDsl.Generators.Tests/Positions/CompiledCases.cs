using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;
using static TorchSharp.torch;
using Shape = ModelDsl.Definition.Shape;
using Size = ModelDsl.Definition.Size;

namespace ModelDsl.Generators.Tests.Positions;

/// <summary>Every case, declared with free and with given positions, in one compilation without a warning.</summary>
internal sealed class CompiledCases
{
    private readonly IReadOnlyDictionary<string, (PositionCase Case, int Index)> _cases;
    private readonly IReadOnlyDictionary<string, ModelDefinition> _definitions;
    private readonly LoadedModels _models;

    public CompiledCases(IEnumerable<PositionCase> cases)
    {
        _cases = cases.Select((given, index) => (given, index)).ToDictionary(entry => entry.given.Layers, entry => entry);
        var declarations = _cases.Values.SelectMany(
            entry => new[] { entry.Case.Declare($"Free{entry.Index}", isFree: true), entry.Case.Declare($"Given{entry.Index}", isFree: false) });
        var run = ModelCompiler.Run($"""
            using ModelDsl;
            using static TorchSharp.torch;

            namespace Samples;

            {string.Join("\n\n", declarations)}
            """);
        _definitions = run.Outputs(StepNames.Infer)
            .Select(output => (ModelDefinition)output.Value)
            .ToDictionary(definition => definition.Declaration.Name);
        Assert.Empty(_definitions.Values.SelectMany(
            definition => definition.Findings.Select(finding => $"{definition.Declaration.Name}: {finding.Message}")));
        _models = run.ShouldCompile().Load();
    }

    /// <summary>
    /// Runs both models of a case: each gives what TorchSharp gives for the same input and weights, in the shape that was
    /// inferred.
    /// </summary>
    public void Check(string layers)
    {
        var (given, index) = _cases[layers];
        foreach (var name in new[] { $"Free{index}", $"Given{index}" })
        {
            using var scope = NewDisposeScope();
            using var model = _models.Create($"Samples.{name}");
            var input = rand(given.Input) + 0.1;
            var output = model.call(input);
            var expected = given.Expected(input, model.named_parameters().ToDictionary(entry => entry.name, entry => (Tensor)entry.parameter));
            Assert.Equal(expected.shape, output.shape);
            Assert.Equal(output.shape, Inferred(name, given));
            Assert.True(
                output.allclose(expected, rtol: 1e-5, atol: 1e-6),
                $"{layers}: values differ by up to {(output - expected).abs().max().item<float>()}");
        }
    }

    private IEnumerable<long> Inferred(string name, PositionCase given)
    {
        var sizes = given.Sizes;
        Shape shape = _definitions[name].Contract.Output!;
        var known = shape.Substitute(symbol => sizes.TryGetValue(symbol, out var value) ? Size.Constant(value) : null);
        return known.Axes.Select(axis => axis.Size?.Value ?? throw new InvalidOperationException($"[{shape}] has an axis without a value"));
    }
}
