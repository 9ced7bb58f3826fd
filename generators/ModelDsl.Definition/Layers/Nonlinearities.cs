using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>Every activation of the language.</summary>
public static class Nonlinearities
{
    private const string F = $"{TorchNames.Functions}.functional";

    public static readonly ImmutableArray<Nonlinearity> All =
    [
        new("ReLU", "relu", "{0}.relu()", "{0}.relu_()")
            { BackwardNeedsOutput = true, IsRectifier = true, IsFused = true },
        new("ReLU6", "relu6", "{0}.relu6()", "{0}.relu6_()"),
        new("LeakyReLU", "leaky_relu", "{0}.leaky_relu({1})", "{0}.leaky_relu_({1})", new("NegativeSlope", 0.01, Least: 0)),
        new("PReLU", "prelu", null, First: new("Initial", 0.25), Flag: "PerChannel") { LayerType = "PReLULayer" },
        new("RReLU", "rrelu", null, First: new("Lower", 0.125), Second: new("Upper", 1.0 / 3)) { LayerType = "RReLULayer" },
        // Tensor.elu_ with one argument is not in place.
        new("ELU", "elu", "{0}.elu({1})", "{0}.elu_({1}, 1, 1)", new("Alpha", 1, Least: 0)),
        new("CELU", "celu", "{0}.celu({1})", "{0}.celu_({1})", new("Alpha", 1, Least: 0)),
        new("SELU", "selu", "{0}.selu()", "{0}.selu_()"),
        // TorchSharp's in-place form hands out a new handle each time.
        new("GELU", "gelu", $"{F}.gelu({{0}})", Flag: "Approximate")
        {
            FlagExpression = $"{F}.gelu({{0}}, {TorchNames.Modules}.GELU.Approximate.tanh)",
            IsRectifier = true,
        },
        new("SiLU", "silu", "{0}.silu()"),
        new("Mish", "mish", $"{F}.mish({{0}})"),
        new("Hardswish", "hardswish", "{0}.hardswish()"),
        new("Hardsigmoid", "hardsigmoid", "{0}.hardsigmoid()"),
        // Tensor.hardtanh returns its input unchanged.
        new("Hardtanh", "hardtanh", "{0}.clone().hardtanh_({1}, {2})", "{0}.hardtanh_({1}, {2})",
            new("Minimum", -1), new("Maximum", 1)) { BackwardNeedsOutput = true },
        new("Sigmoid", "sigmoid", "{0}.sigmoid()", "{0}.sigmoid_()") { BackwardNeedsOutput = true },
        new("Tanh", "tanh", "{0}.tanh()", "{0}.tanh_()") { BackwardNeedsOutput = true },
        new("Softplus", "softplus", "{0}.softplus({1}, {2})", First: new("Beta", 1), Second: new("Threshold", 20)),
        new("Softsign", "softsign", $"{F}.softsign({{0}})"),
        new("Softshrink", "softshrink", $"{F}.softshrink({{0}}, {{1}})", First: new("Lambda", 0.5)),
        new("Hardshrink", "hardshrink", $"{F}.hardshrink({{0}}, {{1}})", First: new("Lambda", 0.5)),
        new("Tanhshrink", "tanhshrink", $"{F}.tanhshrink({{0}})"),
        new("LogSigmoid", "log_sigmoid", "{0}.log_sigmoid()"),
        new("Threshold", "threshold", "{0}.threshold({1}, {2})", First: new("Limit", null), Second: new("Value", null)),
        new("ScaledReLU", "scaled_relu", "global::ModelDsl.Activation.ScaledReLU().Apply({0})"),
    ];

    private static readonly ImmutableDictionary<string, Nonlinearity> ByAttribute =
        All.ToImmutableDictionary(one => one.Attribute);

    /// <summary>The default of a slot.</summary>
    public static Nonlinearity Default => All[0];

    /// <summary>The activation of an attribute, or null where it is none.</summary>
    public static Nonlinearity? Find(string attribute) => ByAttribute.TryGetValue(attribute, out var found) ? found : null;
}
