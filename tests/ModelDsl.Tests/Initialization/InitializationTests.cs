using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Initializations;

/// <summary>What weights are drawn from, against closed forms. Nothing else draws meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class InitializationTests
{
    private const long Out = 96, In = 128;
    private const double Kernel = 9;

    /// <summary>The deviation of 110,592 draws is within 1 % of the distribution's: four standard errors.</summary>
    private const double Tolerance = 0.01;

    [Theory]
    [InlineData(Init.KaimingNormal, FanMode.In, 0, 1.4142135623730951)]
    [InlineData(Init.KaimingNormal, FanMode.Out, 0, 1.4142135623730951)]
    [InlineData(Init.KaimingUniform, FanMode.In, 2.2360679774997896, 0.5773502691896258)]
    [InlineData(Init.KaimingUniform, FanMode.Out, 0.2, 1.3867504905630728)]
    public void Kaiming_keeps_the_variance_of_one_direction(Init scheme, FanMode fan, double slope, double gain)
    {
        using var scope = NewDisposeScope();
        using var layer = Drawn(new(scheme) { Fan = fan, Slope = slope });
        var expected = gain / Math.Sqrt((fan == FanMode.In ? In : Out) * Kernel);
        Assert.Equal(expected, layer.weight!.std().item<float>(), expected * Tolerance);
        if (scheme == Init.KaimingUniform)
            AssertBounds(layer.weight!, expected * Math.Sqrt(3));
    }

    [Theory]
    [InlineData(Init.XavierNormal, 0, 1)]
    [InlineData(Init.XavierUniform, 0, 1)]
    [InlineData(Init.XavierNormal, 2.5, 2.5)]
    public void Xavier_takes_the_mean_of_both_fans(Init scheme, double said, double gain)
    {
        using var scope = NewDisposeScope();
        using var layer = Drawn(new(scheme) { Gain = said });
        var expected = gain * Math.Sqrt(2 / ((In + Out) * Kernel));
        Assert.Equal(expected, layer.weight!.std().item<float>(), expected * Tolerance);
        if (scheme == Init.XavierUniform)
            AssertBounds(layer.weight!, expected * Math.Sqrt(3));
        else
            // A normal distribution has a kurtosis of 3, a uniform one of 1.8.
            Assert.Equal(3, layer.weight!.pow(4).mean().item<float>() / Math.Pow(expected, 4), 0.2);
    }

    /// <summary>The table of PyTorch's <c>calculate_gain</c>.</summary>
    [Theory]
    [InlineData(ActivationVariant.ReLU, 0, 1.4142135623730951)]
    [InlineData(ActivationVariant.LeakyReLU, 0, 1.4141428569978354)]
    [InlineData(ActivationVariant.LeakyReLU, 1, 1)]
    [InlineData(ActivationVariant.Sigmoid, 0, 1)]
    [InlineData(ActivationVariant.Tanh, 0, 1.6666666666666667)]
    [InlineData(ActivationVariant.SELU, 0, 0.75)]
    public void Gain_is_that_of_the_activation(ActivationVariant activation, double slope, double gain)
    {
        using var scope = NewDisposeScope();
        var fan = Math.Sqrt(In * Kernel);
        foreach (var (scheme, deviation) in new[]
        {
            (Init.KaimingNormal, gain / fan),
            (Init.KaimingUniform, gain / fan),
            (Init.XavierNormal, gain * Math.Sqrt(2 / ((In + Out) * Kernel))),
            (Init.XavierUniform, gain * Math.Sqrt(2 / ((In + Out) * Kernel))),
            // Rows of length gain over In * Kernel values.
            (Init.Orthogonal, gain / fan),
        })
        {
            using var layer = Drawn(new(scheme) { Activation = activation, Slope = slope });
            Assert.Equal(deviation, layer.weight!.std().item<float>(), deviation * Tolerance);
            using var said = Drawn(new(scheme) { Activation = activation, Gain = 3 });
            Assert.Equal(deviation * 3 / gain, said.weight!.std().item<float>(), deviation * 3 / gain * Tolerance);
        }
    }

    public static TheoryData<string, Func<nn.Module>, double, double> Fans => new()
    {
        { "Linear", () => nn.Linear(300, 200), 300, 200 },
        { "Conv1d", () => nn.Conv1d(50, 60, 5), 50 * 5, 60 * 5 },
        { "Conv3d", () => nn.Conv3d(20, 30, 3), 20 * 27, 30 * 27 },
        { "Grouped", () => nn.Conv2d(80, 160, 3, groups: 4), 20 * 9, 160 * 9 },
        { "Depthwise", () => nn.Conv2d(400, 400, 7, groups: 400), 49, 400 * 49 },
        // The weight is [in, out, kernel], and PyTorch reads it as every weight.
        { "Transposed", () => nn.ConvTranspose2d(70, 90, 3), 90 * 9, 70 * 9 },
        { "Transposed in groups", () => nn.ConvTranspose2d(80, 120, 3, groups: 4), 30 * 9, 80 * 9 },
    };

    [Theory]
    [MemberData(nameof(Fans))]
    public void Fans_are_those_of_PyTorch(string name, Func<nn.Module> build, double fanIn, double fanOut)
    {
        using var scope = NewDisposeScope();
        foreach (var (fan, positions) in new[] { (FanMode.In, fanIn), (FanMode.Out, fanOut) })
        {
            manual_seed(2);
            using var layer = new Initialization(Init.KaimingNormal) { Fan = fan, Gain = 1 }.Apply(build());
            var weight = layer.get_parameter("weight")!;
            // Five standard errors of a deviation.
            var tolerance = 5 / Math.Sqrt(2 * weight.numel());
            Assert.True(Math.Abs((weight.std().item<float>() * Math.Sqrt(positions)) - 1) < tolerance, $"{name}, {fan}");
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(-1.0, 0.5)]
    [InlineData(0.0, null)]
    [InlineData(null, 0.0)]
    public void Truncated_normal_has_the_moments_between_its_bounds(double? low, double? high)
    {
        using var scope = NewDisposeScope();
        using var layer = Drawn(new(Init.TruncatedNormal) { Low = low, High = high });
        var (from, to) = (low ?? -2, high ?? 2);
        var weight = layer.weight!.to(float64);
        Assert.InRange(weight.min().item<double>(), from, from + 0.01);
        Assert.InRange(weight.max().item<double>(), to - 0.01, to);
        // Mean and variance of the truncated normal distribution.
        var mass = Cumulated(to) - Cumulated(from);
        var mean = (Density(from) - Density(to)) / mass;
        var variance = 1 + (((from * Density(from)) - (to * Density(to))) / mass) - (mean * mean);
        Assert.Equal(mean, weight.mean().item<double>(), 0.01);
        Assert.Equal(variance, weight.var().item<double>(), 0.01);
    }

    [Fact]
    public void Truncated_normal_moves_and_stretches()
    {
        using var scope = NewDisposeScope();
        using var layer = Drawn(new(Init.TruncatedNormal) { Value = 0.5, Deviation = 0.02 });
        Assert.Equal(0.5, layer.weight!.mean().item<float>(), 0.001);
        Assert.Equal(0.02, layer.weight!.std().item<float>(), 0.02 * Tolerance);
    }

    /// <summary>2^24 draws reach 5.4 deviations; an infinite quantile would be cut to the bound of 200.</summary>
    [Fact]
    public void Truncated_normal_with_wide_bounds_starts_no_weight_at_a_bound()
    {
        using var scope = NewDisposeScope();
        var narrow = new Initialization(Init.TruncatedNormal) { Deviation = 0.01 };
        using var layer = narrow.Apply(nn.Linear(4096, 4096, hasBias: false));
        Assert.InRange(layer.weight.abs().max().item<float>(), 0.04, 0.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Orthogonal_rows_or_columns_have_the_length_of_the_gain(bool isWide)
    {
        using var scope = NewDisposeScope();
        using var conv = isWide ? nn.Conv2d(4, 20, 3) : nn.Conv2d(3, 40, 3);
        new Initialization(Init.Orthogonal) { Gain = 2 }.Apply(conv);
        var flat = conv.weight!.flatten(1).to(float64);
        var product = flat.shape[0] <= flat.shape[1] ? flat.mm(flat.t()) : flat.t().mm(flat);
        var error = (product - (4 * eye(product.shape[0], dtype: float64))).abs().max().item<double>();
        Assert.InRange(error, 0, 1e-5);
    }

    [Theory]
    [InlineData(30, 50)]
    [InlineData(50, 30)]
    [InlineData(40, 40)]
    public void Orthogonal_maps_in_double_precision_are_exact(long rows, long columns)
    {
        using var scope = NewDisposeScope();
        using var layer = new Initialization(Init.Orthogonal) { Gain = 0.5 }.Apply(nn.Linear(columns, rows, dtype: float64));
        var product = rows <= columns ? layer.weight.mm(layer.weight.t()) : layer.weight.t().mm(layer.weight);
        var error = (product - (0.25 * eye(Math.Min(rows, columns), dtype: float64))).abs().max().item<double>();
        Assert.InRange(error, 0, 1e-14);
    }

    /// <summary>A factorisation alone prefers signs; drawn evenly, each element of an orthogonal map has the mean 0.</summary>
    [Fact]
    public void Orthogonal_maps_are_drawn_evenly()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var sum = zeros(3, 3);
        const int Draws = 600;
        for (var draw = 0; draw < Draws; draw++)
            sum += new Initialization(Init.Orthogonal).Apply(nn.Linear(3, 3, hasBias: false)).weight.detach();
        // An element's variance is 1/3; five standard errors of its mean.
        Assert.InRange((sum / Draws).abs().max().item<float>(), 0, 5 / Math.Sqrt(3 * Draws));
    }

    [Theory]
    [InlineData(null, null, 0, 1)]
    [InlineData(-1.0, null, -1, 1)]
    [InlineData(-1.0, 0.0, -1, 0)]
    [InlineData(null, 0.5, 0, 0.5)]
    public void A_bound_that_is_not_said_is_PyTorchs(double? low, double? high, double from, double to)
    {
        using var scope = NewDisposeScope();
        using var layer = Drawn(new(Init.Uniform) { Low = low, High = high });
        Assert.InRange(layer.weight!.min().item<float>(), from, from + 0.001);
        Assert.InRange(layer.weight!.max().item<float>(), to - 0.001, to);
        Assert.Equal((from + to) / 2, layer.weight!.mean().item<float>(), 0.005);
    }

    [Fact]
    public void Simple_schemes_are_what_they_say()
    {
        using var scope = NewDisposeScope();
        Assert.All(Values(new(Init.Zeros)), value => Assert.Equal(0, value));
        Assert.All(Values(new(Init.Ones)), value => Assert.Equal(1, value));
        Assert.All(Values(new(Init.Constant) { Value = 0.25 }), value => Assert.Equal(0.25, value));
        using var normal = Drawn(new(Init.Normal) { Value = -1, Deviation = 3 });
        Assert.Equal(-1, normal.weight!.mean().item<float>(), 0.05);
        Assert.Equal(3, normal.weight!.std().item<float>(), 3 * Tolerance);
        using var uniform = Drawn(new(Init.Uniform) { Low = 2, High = 5 });
        Assert.Equal(3.5, uniform.weight!.mean().item<float>(), 0.02);
        Assert.Equal(3 / Math.Sqrt(12), uniform.weight!.std().item<float>(), Tolerance);
    }

    [Fact]
    public void Biases_change_only_where_that_is_said()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var kept = nn.Linear(4, 3);
        var before = kept.bias!.clone();
        new Initialization(Init.Zeros).Apply(kept);
        Assert.True(kept.bias!.equal(before).all().item<bool>());
        using var drawn = new Initialization(Init.Default) { Bias = Init.Constant, BiasValue = 7 }.Apply(nn.Linear(4, 3));
        Assert.Equal([7f, 7f, 7f], drawn.bias!.data<float>());
        Assert.NotEqual(0, drawn.weight.abs().sum().item<float>());
        using var normal = new Initialization(Init.Zeros) { Bias = Init.Normal, BiasDeviation = 0.1 }.Apply(nn.Linear(4, 10_000));
        Assert.Equal(0.1, normal.bias!.std().item<float>(), 0.004);
    }

    [Fact]
    public void Normalization_and_nested_models_keep_theirs()
    {
        using var scope = NewDisposeScope();
        using var layers = nn.Sequential(nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4), nn.LayerNorm([4, 5, 5]), new OpenNetBlock());
        new Initialization(Init.Constant) { Value = 9, Bias = Init.Constant, BiasValue = 8 }.Apply(layers);
        var state = layers.state_dict();
        Assert.All(state["0.weight"].data<float>(), value => Assert.Equal(9, value));
        Assert.All(state["0.bias"].data<float>(), value => Assert.Equal(8, value));
        foreach (var norm in new[] { "1", "2" })
        {
            Assert.All(state[$"{norm}.weight"].data<float>(), value => Assert.Equal(1, value));
            Assert.All(state[$"{norm}.bias"].data<float>(), value => Assert.Equal(0, value));
        }
        Assert.DoesNotContain(9f, state["3.conv.weight"].data<float>());
    }

    [Fact]
    public void Recurrent_and_attention_weights_are_weights()
    {
        using var scope = NewDisposeScope();
        var zeros = new Initialization(Init.Zeros) { Bias = Init.Ones };
        using var lstm = zeros.Apply(nn.LSTM(3, 4));
        Assert.All(lstm.named_parameters(), entry => Assert.Equal(entry.name.StartsWith("weight", StringComparison.Ordinal) ? 0 : 16, entry.parameter.sum().item<float>()));
        using var embedding = zeros.Apply(nn.Embedding(5, 2));
        Assert.Equal(0, embedding.weight!.abs().sum().item<float>());
        using var input = tensor(new long[] { 1, 3 });
        Assert.Equal(0, embedding.call(input).abs().sum().item<float>());
    }

    [Fact]
    public void One_seed_gives_one_network()
    {
        using var scope = NewDisposeScope();
        foreach (var scheme in Enum.GetValues<Init>())
        {
            var first = Seeded(scheme, 7);
            Assert.Equal(first, Seeded(scheme, 7));
            if (scheme is not (Init.Zeros or Init.Ones or Init.Constant))
                Assert.NotEqual(first, Seeded(scheme, 8));
        }
    }

    [Fact]
    public void Own_parameters_and_buffers_outlive_the_scope()
    {
        Parameter token;
        Tensor mask;
        using (NewDisposeScope())
        {
            token = new Initialization(Init.Default).Parameter(1, 1, 4000);
            mask = new Initialization(Init.Default).Buffer(2, 3);
        }
        using (token)
        using (mask)
        {
            Assert.True(token.requires_grad && token.is_leaf);
            Assert.Equal([1, 1, 4000], token.shape);
            using var deviation = token.std();
            Assert.Equal(1, deviation.item<float>(), 0.05);
            Assert.False(mask.requires_grad);
            Assert.Equal([0f, 0f, 0f, 0f, 0f, 0f], mask.data<float>());
        }
    }

    [Fact]
    public void What_does_not_fit_says_so()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("two axes", Assert.Throws<ArgumentException>(() => new Initialization(Init.KaimingNormal).Parameter(3)).Message, StringComparison.Ordinal);
        Assert.Contains("two axes", Assert.Throws<ArgumentException>(() => new Initialization(Init.Orthogonal).Buffer(3)).Message, StringComparison.Ordinal);
        Assert.Contains("less than", Assert.Throws<ArgumentException>(() => Drawn(new(Init.Uniform) { Low = 2, High = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<ArgumentException>(() => Drawn(new(Init.Normal) { Deviation = -1 })).Message, StringComparison.Ordinal);
        Assert.Contains("Biases", Assert.Throws<ArgumentException>(() => Drawn(new(Init.Zeros) { Bias = Init.Orthogonal })).Message, StringComparison.Ordinal);
        Assert.Contains("say a Gain", Assert.Throws<ArgumentException>(() => Drawn(new(Init.KaimingNormal) { Activation = ActivationVariant.GELU })).Message, StringComparison.Ordinal);
        Assert.Contains("99", Assert.Throws<ArgumentException>(() => Drawn(new((Init)99))).Message, StringComparison.Ordinal);
    }

    private static Conv2d Drawn(Initialization initialization)
    {
        manual_seed(1);
        return initialization.Apply(nn.Conv2d(In, Out, 3));
    }

    private static IEnumerable<double> Values(Initialization initialization)
    {
        using var layer = initialization.Apply(nn.Linear(3, 2));
        return [.. layer.weight.data<float>().Select(value => (double)value)];
    }

    private static float[] Seeded(Init scheme, int seed)
    {
        manual_seed(seed);
        using var layer = new Initialization(scheme).Apply(nn.Linear(6, 5, hasBias: false));
        return [.. layer.weight.data<float>()];
    }

    private static void AssertBounds(Tensor weight, double bound)
    {
        Assert.InRange(weight.max().item<float>(), 0.999 * bound, bound * (1 + 1e-6));
        Assert.InRange(weight.min().item<float>(), -bound * (1 + 1e-6), -0.999 * bound);
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Phi, as the integral of the density by Simpson's rule.</summary>
    private static double Cumulated(double x)
    {
        const int Steps = 2000;
        var step = (x + 10) / Steps;
        var sum = Density(-10) + Density(x);
        for (var index = 1; index < Steps; index++)
            sum += (index % 2 == 0 ? 2 : 4) * Density(-10 + (index * step));
        return sum * step / 3;
    }
}
