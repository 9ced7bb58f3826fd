using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>The gains of activations, against closed forms and timm's sampled table.</summary>
public sealed class GainTests
{
    /// <summary>timm's nfnet.py, each from a sample.</summary>
    private static readonly Dictionary<string, (Activation Activation, double Gain)> Table = new()
    {
        ["identity"] = (Activation.Of(x => x), 1.0),
        ["relu6"] = (Activation.ReLU6(), 1.71315),
        ["leaky_relu"] = (Activation.LeakyReLU(), 1.70590),
        ["gelu"] = (Activation.GELU(), 1.70150),
        ["silu"] = (Activation.SiLU(), 1.78813),
        ["elu"] = (Activation.ELU(), 1.27160),
        ["celu"] = (Activation.CELU(), 1.27093),
        ["selu"] = (Activation.SELU(), 1.00085),
        ["tanh"] = (Activation.Tanh(), 1.59391),
        ["sigmoid"] = (Activation.Sigmoid(), 4.80384),
        ["softplus"] = (Activation.Softplus(), 1.92033),
        ["softsign"] = (Activation.Softsign(), 2.33885),
        ["log_sigmoid"] = (Activation.LogSigmoid(), 1.91935),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory, MemberData(nameof(Names))]
    public void They_are_those_of_the_table(string name)
    {
        var (activation, gain) = Table[name];
        Assert.Equal(1, activation.Gain / gain, 3e-3);
    }

    [Fact]
    public void That_of_ReLU_is_its_closed_form()
    {
        var expected = Math.Sqrt(2 / (1 - (1 / Math.PI)));
        Assert.Equal(expected, Activation.ReLU().Gain, 1e-8);
        Assert.Equal(expected, default(Activation).Gain, 1e-8);
        Assert.Equal(1, Activation.ScaledReLU().Gain, 1e-8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(-0.5)]
    public void That_of_a_slope_is_its_closed_form(double slope)
    {
        // E f(z)² = (1 + a²) / 2 and E f(z) = (1 - a) / sqrt(2 pi).
        var variance = ((1 + (slope * slope)) / 2) - ((1 - slope) * (1 - slope) / (2 * Math.PI));
        Assert.Equal(1 / Math.Sqrt(variance), Activation.LeakyReLU(slope).Gain, 1e-8);
        Assert.Equal(1 / Math.Sqrt(variance), Activation.PReLU(slope).Gain, 1e-8);
        Assert.Equal(1 / Math.Sqrt(variance), Activation.RReLU(slope - 0.1, slope + 0.1).Gain, 1e-8);
    }

    [Fact]
    public void A_function_of_one_s_own_has_one() =>
        Assert.Equal(1 / Math.Sqrt(2), Activation.Of(x => x.square()).Gain, 1e-8);

    [Fact]
    public void A_function_that_does_not_vary_has_none()
    {
        Assert.Throws<InvalidOperationException>(() => Activation.Of(x => zeros_like(x)).Gain);
        Assert.Throws<InvalidOperationException>(() => Activation.Of(x => x.log()).Gain);
    }
}
