using System.Globalization;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>The same declaration gives the same bytes, wherever and whenever it is compiled.</summary>
public sealed class DeterminismTests
{
    /// <summary>
    /// With numbers that are written differently elsewhere, in good code and in messages, and with line ends inside expressions.
    /// </summary>
    private const string Source = """"
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model]
        public partial class InnerBlock(int inChannels, int channels, int offset, double rate, Normalization norm = default)
        {
            private int Iterations =>
                inChannels
                - 1234567;

            [Conv2d(nameof(channels), 3, Padding = "offset - 1"), Norm, ReLU, Dropout(0.125), Dropout(nameof(rate)), GlobalAvgPool,
             Linear($"{nameof(Iterations)}")]
            public override partial Tensor forward([Shape("""
                N, inChannels,
                H, W
                """)] Tensor x);
        }

        [Model]
        public partial class Outer(int width, double rate)
        {
            [Block<InnerBlock>("""
                channels: width,
                offset: -1234567 + width,
                rate: rate
                    + 0.5
                """)]
            private partial Tensor IImages([Shape("N, 3, H, W")] Tensor images);
        }

        [Model]
        public partial class Wrong
        {
            [Linear(-1234567), Dropout(0.5)]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }
        """";

    [Fact]
    public void Two_runs_give_the_same_bytes() => Assert.Equal(ModelCompiler.Run(Source).Text, ModelCompiler.Run(Source).Text);

    [Fact]
    public void Line_ends_of_the_source_do_not_show() =>
        Assert.Equal(ModelCompiler.Run(Source.ReplaceLineEndings("\n")).Text, ModelCompiler.Run(Source.ReplaceLineEndings("\r\n")).Text);

    [Fact]
    public void Generated_lines_end_with_a_line_feed_and_nothing_before_it()
    {
        var text = ModelCompiler.Run(Source.ReplaceLineEndings("\r\n")).Text;
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain(text.Split('\n'), line => line.EndsWith(' '));
    }

    [Fact]
    public void Numbers_are_written_alike_under_every_culture()
    {
        var text = ModelCompiler.Run(Source).Text;
        Assert.Contains("-1234567", text, StringComparison.Ordinal);
        Assert.Contains("0.125", text, StringComparison.Ordinal);
        Assert.Equal(text, Under(HostileCulture(), () => ModelCompiler.Run(Source).Text));
    }

    /// <summary>
    /// Like Swedish and Turkish where the machine's globalization data may be missing: another minus, another decimal point.
    /// </summary>
    private static CultureInfo HostileCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NegativeSign, culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = ("\u2212", ",", ".");
        return culture;
    }

    private static T Under<T>(CultureInfo culture, Func<T> run)
    {
        var (before, beforeInterface) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return run();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeInterface);
        }
    }
}
