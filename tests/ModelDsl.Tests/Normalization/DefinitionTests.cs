using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Composed layers against their definitions, written out one value at a time in plain doubles.</summary>
public sealed class DefinitionTests
{
    /// <summary>The value of an example, channel and position, before scale and offset.</summary>
    private static readonly Dictionary<string, Func<Batch, int, int, int, double>> Definitions = new()
    {
        ["FilterResponseNorm"] = (x, n, c, p) => x[n, c, p] / Math.Sqrt(x.MeanSquare(x.Instance(n, c)) + x.Epsilon(0.1)),
        ["VarianceNorm"] = (x, n, c, p) => x[n, c, p] / Math.Sqrt(x.Variance(x.OfChannel(c)) + 1e-5),
        ["BatchNorm"] = (x, n, c, p) =>
            (x[n, c, p] - x.Mean(x.OfChannel(c))) / Math.Sqrt(x.Variance(x.OfChannel(c)) + 1e-5),
        ["GroupNorm"] = (x, n, c, p) =>
            (x[n, c, p] - x.Mean(x.Group(n, c, 3))) / Math.Sqrt(x.Variance(x.Group(n, c, 3)) + 1e-5),
        ["LayerNorm per position"] = (x, n, c, p) =>
            (x[n, c, p] - x.Mean(x.Position(n, p))) / Math.Sqrt(x.Variance(x.Position(n, p)) + 1e-5),
        ["RMSNorm per position"] = (x, n, c, p) => x[n, c, p] / Math.Sqrt(x.MeanSquare(x.Position(n, p)) + 1e-6),
        ["EvoNormB0"] = (x, n, c, p) => x[n, c, p] / Math.Max(
            Math.Sqrt(x.Variance(x.OfChannel(c)) + 1e-3),
            (x.Slope(c) * x[n, c, p]) + Math.Sqrt(x.Variance(x.Instance(n, c)) + 1e-3)),
        ["EvoNormB1"] = (x, n, c, p) => x[n, c, p] / Math.Max(
            Math.Sqrt(x.Variance(x.OfChannel(c)) + 1e-5),
            (x[n, c, p] + 1) * Math.Sqrt(x.MeanSquare(x.Instance(n, c)) + 1e-5)),
        ["EvoNormB2"] = (x, n, c, p) => x[n, c, p] / Math.Max(
            Math.Sqrt(x.Variance(x.OfChannel(c)) + 1e-5),
            Math.Sqrt(x.MeanSquare(x.Instance(n, c)) + 1e-5) - x[n, c, p]),
        ["EvoNormS0"] = (x, n, c, p) =>
            x[n, c, p] * Logistic(x.Slope(c) * x[n, c, p]) / Math.Sqrt(x.Variance(x.Group(n, c, 3)) + 1e-5),
        ["EvoNormS1"] = (x, n, c, p) =>
            x[n, c, p] * Logistic(x[n, c, p]) / Math.Sqrt(x.Variance(x.Group(n, c, 3)) + 1e-5),
        ["EvoNormS2"] = (x, n, c, p) =>
            x[n, c, p] * Logistic(x[n, c, p]) / Math.Sqrt(x.MeanSquare(x.Group(n, c, 3)) + 1e-5),
    };

    public static TheoryData<string> Names => [.. Definitions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_layer_is_its_definition(string name)
    {
        using var scope = NewDisposeScope();
        var layerCase = LayerCase.Of(name);
        using var layer = layerCase.Randomized();
        var input = layerCase.Input();
        var batch = new Batch(input, layer);
        var weight = Layers.Values(layer.AffineParameters[0]);
        var bias = layer.AffineParameters.Count > 1 ? Layers.Values(layer.AffineParameters[1]) : new double[weight.Length];
        var expected =
            from n in Enumerable.Range(0, batch.Examples)
            from c in Enumerable.Range(0, batch.Channels)
            from p in Enumerable.Range(0, batch.Positions)
            select (Definitions[name](batch, n, c, p) * weight[c]) + bias[c];

        Layers.AssertClose([.. expected], layer.call(input), 1e-11);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>A batch, its statistics, and what else a layer's formula has.</summary>
    private sealed class Batch(Tensor input, NormalizationLayer layer)
    {
        private readonly double[] _values = Layers.Values(input);
        private readonly double[]? _slopes = layer switch
        {
            EvoNormB0Layer b0 => Layers.Values(b0.v),
            EvoNormS0Layer s0 => Layers.Values(s0.v),
            _ => null,
        };

        public int Examples { get; } = (int)input.size(0);

        public int Channels { get; } = (int)input.size(1);

        public int Positions { get; } = (int)(input.numel() / input.size(0) / input.size(1));

        public double this[int n, int c, int p] => _values[(((n * Channels) + c) * Positions) + p];

        public double Slope(int c) => _slopes![c];

        public double Epsilon(double initial)
        {
            var learned = ((FilterResponseNormLayer)layer).eps.item<double>();
            Assert.NotEqual(initial, learned);
            return Math.Abs(learned);
        }

        public List<double> Instance(int n, int c) => [.. Enumerable.Range(0, Positions).Select(p => this[n, c, p])];

        public List<double> Position(int n, int p) => [.. Enumerable.Range(0, Channels).Select(c => this[n, c, p])];

        public List<double> OfChannel(int c) => [.. Enumerable.Range(0, Examples).SelectMany(n => Instance(n, c))];

        public List<double> Group(int n, int c, int size) =>
            [.. Enumerable.Range(c / size * size, size).SelectMany(other => Instance(n, other))];

        public double Mean(List<double> values) => values.Average();

        public double MeanSquare(List<double> values) => values.Average(value => value * value);

        public double Variance(List<double> values) => values.Average(value => Math.Pow(value - values.Average(), 2));
    }
}
