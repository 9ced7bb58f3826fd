using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;
using static TorchSharp.torch;
using Size = ModelDsl.Definition.Size;

namespace ModelDsl.Generators.Tests.Layers;

/// <summary>Models of one compilation, for tests that run many small ones; compiled and loaded once.</summary>
internal sealed class CompiledModels : IDisposable
{
    private readonly GeneratorRun _run;
    private readonly LoadedModels _models;

    public CompiledModels(params string[] sources)
    {
        _run = ModelCompiler.Run([.. sources.Select(source => $"""
            using ModelDsl;
            using static TorchSharp.torch;

            {source}
            """)]).ShouldCompile();
        Assert.Empty(_run.Outputs(StepNames.Infer).SelectMany(output => ((ModelDefinition)output.Value).Findings).Select(finding => finding.Message));
        _models = _run.Load();
    }

    /// <summary>A model of one stage, <c>forward</c>.</summary>
    public static string Declare(string name, string shape, string layers, string parameters = "", string attributes = "") => $$"""
        [Model{{(attributes.Length == 0 ? "" : ", " + attributes)}}]
        public partial class {{name}}({{parameters}})
        {
            [{{layers}}]
            public override partial Tensor forward([Shape("{{shape}}")] Tensor x);
        }
        """;

    public nn.Module<Tensor, Tensor> Create(string type, params object[] arguments) => _models.Create(type, arguments);

    /// <summary>A model of any number of inputs.</summary>
    public nn.Module CreateAny(string type) => _models.CreateAny(type);

    public string Text => _run.Text;

    public ModelDefinition Definition(string name) => _run.Definition(name);

    /// <summary>Runs a model and demands the shape that was inferred.</summary>
    public Tensor Run(string type, nn.Module<Tensor, Tensor> model, Tensor input, params (string Name, long Value)[] sizes)
    {
        var output = model.call(input);
        var values = sizes.ToDictionary(size => size.Name, size => Size.Constant(size.Value));
        var inferred = Definition(type).Contract.Output!.Substitute(values.GetValueOrDefault);
        Assert.Equal(inferred.Axes.Select(axis => axis.Size?.Value), output.shape.Select(size => (long?)size));
        return output;
    }

    public void Dispose() => _models.Dispose();
}
