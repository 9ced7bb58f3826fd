using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>What the tests of normalization layers do over and over.</summary>
internal static class Layers
{
    public static NormalizationSite FeatureMaps(long channels, int positions = 2) => new("Net.Stem", channels, positions + 2, 1);

    public static NormalizationSite Sequences(long channels) => new("Net.Mix", channels, 3, 2);

    public static NormalizationSite Vectors(long channels) => new("Net.Head", channels, 2, 1);

    /// <summary>Converts the layer to float64 and copies values in by name, whatever axes of size 1 they have.</summary>
    public static nn.Module<Tensor, Tensor> WithState(
        nn.Module<Tensor, Tensor> layer,
        IReadOnlyDictionary<string, OracleTensor> parameters,
        IReadOnlyDictionary<string, OracleTensor>? buffers = null)
    {
        layer.to(ScalarType.Float64);
        using var noGrad = no_grad();
        Assert.Equal(parameters.Keys.Order(), layer.named_parameters().Select(entry => entry.name).Order());
        foreach (var (name, parameter) in layer.named_parameters())
            parameter.copy_(parameters[name].ToTensor().view(parameter.shape));
        foreach (var (name, buffer) in layer.named_buffers())
            if (buffers is not null && buffers.TryGetValue(name, out var value))
                buffer.copy_(value.ToTensor().view(buffer.shape));
        return layer;
    }

    /// <summary>A layer in float64 whose affine is random, always the same.</summary>
    public static T Randomized<T>(T layer)
        where T : nn.Module<Tensor, Tensor>
    {
        layer.to(ScalarType.Float64);
        using var noGrad = no_grad();
        long seed = 100;
        foreach (var parameter in layer.parameters())
        {
            using var values = Random(seed++, parameter.shape);
            parameter.copy_(values);
        }
        return layer;
    }

    /// <summary>Normal values of their own generator: tests run in parallel and share the global one.</summary>
    public static Tensor Random(long seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, dtype: ScalarType.Float64, generator: generator);
    }

    /// <summary>A layer that records, as such.</summary>
    public static ITrackedNormalization Tracked(this NormalizationLayer layer) => (ITrackedNormalization)layer;

    public static Parameter Parameter(nn.Module<Tensor, Tensor> layer, string name) =>
        layer.named_parameters().Single(entry => entry.name == name).parameter;

    /// <summary>Each value within the sum of both tolerances of what is expected.</summary>
    public static void AssertClose(
        IReadOnlyList<double> expected, Tensor actual, double relative = 1e-9, double absolute = 1e-12)
    {
        var values = actual.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
        Assert.Equal(expected.Count, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            var tolerance = relative * Math.Abs(expected[i]) + absolute;
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance, $"[{i}]: {values[i]:R}, expected {expected[i]:R}");
        }
    }

    public static double[] Values(Tensor tensor) => tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
}
