using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Sharpness;

/// <summary>Named float64 vectors, some tagged as normalization: enough of a model for what closed forms can say.</summary>
internal sealed class VectorModel : nn.Module, IModel
{
    private readonly HashSet<string> _normalization;

    public VectorModel((string Name, double[] Value)[] parameters, params string[] normalization) : base(nameof(VectorModel))
    {
        _normalization = [.. normalization];
        foreach (var (name, value) in parameters) register_parameter(name, new Parameter(tensor(value)));
    }

    public static VectorModel OneVector(params double[] value) => new([("w", value)]);

    public Parameter this[string name] => named_parameters().Single(named => named.name == name).parameter;

    public double[] Values(string name) => this[name].Values();

    public IReadOnlyList<NormalizationParameter> NormalizationParameters() =>
    [
        .. named_parameters().Where(named => _normalization.Contains(named.name)).Select(named =>
            new NormalizationParameter(named.name, named.parameter, "norm", NormalizationVariant.Layer)),
    ];

    public ModelSummary Summary(params long[] inputShape) => throw new NotSupportedException();

    public IReadOnlyList<StageDescription> DescribeStages() => [];

    public IReadOnlyList<ITrackedNormalization> TrackedNormalizations() => [];
}
