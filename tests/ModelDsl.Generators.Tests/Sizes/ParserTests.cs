using ModelDsl.Definition;
using static ModelDsl.Generators.Tests.Sizes.Scopes;

namespace ModelDsl.Generators.Tests.Sizes;

/// <summary>What is a size expression, and which characters are wrong where it is none.</summary>
public sealed class ParserTests
{
    [Theory]
    [InlineData("[|missing|]")]
    [InlineData("2 * ([|missing|] + a)")]
    [InlineData("a + [|missing|] + [|unknown|]")]
    [InlineData("index == [|missing|] ? 1 : 2")]
    [InlineData("[|missing|][0]")]
    [InlineData("depths[[|missing|]]")]
    public void A_name_that_does_not_bind_is_an_error_under_its_characters(string marked) => Fails(marked, SizeErrorKind.UnboundName);

    [Theory]
    [InlineData("[|rate|] + 1")]
    [InlineData("[|depths|] + 1")]
    [InlineData("a / [|0|]")]
    [InlineData("[|100000 * 100000|]")]
    [InlineData("[|1.5|] * a")]
    [InlineData("a + [|Math.Max(a, b)|]")]
    [InlineData("[|a << 2|]")]
    [InlineData("[|\"a\"|]")]
    [InlineData("b + [|a[0]|]", "b + [|a|][0]")]
    [InlineData("[|a + b|] ? 1 : 2")]
    [InlineData("[|a|] ? 1 : 2")]
    [InlineData("[|2147483648u|]")]
    [InlineData("[|a +|]")]
    [InlineData("[||]")]
    public void What_is_no_integer_arithmetic_is_an_error_under_its_characters(string marked, string? exact = null) =>
        Fails(exact ?? marked, SizeErrorKind.NotASize);

    [Theory]
    [InlineData("a * b", "a * b")]
    [InlineData("Half * 2", "(a / 2) * 2")]
    [InlineData("Twice - 1", "((a / 2) * 2) - 1")]
    [InlineData("class", "@class")]
    [InlineData("@class + 1", "@class + 1")]
    [InlineData("wide && index > 0 ? 2 : 1", "wide && index > 0 ? 2 : 1")]
    [InlineData("!wide || (a == b) ? depths[a] : 1", "!wide || (a == b) ? depths[a] : 1")]
    public void Code_is_what_was_written_with_properties_inlined(string text, string code)
    {
        var scope = With(("Half", "a / 2"), ("Twice", "Half * 2"));
        Assert.Equal(code, SizeParser.Parse(text, scope, out var errors)?.Code);
        Assert.Empty(errors);
    }

    [Fact]
    public void A_property_inlines_to_its_value() => Assert.Equal(Size("2 * (a / 2) + 1"), Size("Twice + 1", With(("Half", "a / 2"), ("Twice", "Half * 2"))));

    [Fact]
    public void A_property_that_needs_itself_is_no_size()
    {
        var scope = With(("Odd", "Even + 1"), ("Even", "Odd - 1"), ("Self", "Self"));
        Assert.Null(SizeParser.Parse("a + Odd", scope, out var errors));
        Assert.Equal(new SizeError(SizeErrorKind.NotASize, "", 4, 3), Assert.Single(errors));
        Assert.Null(SizeParser.Parse("Self", scope, out _));
        Assert.Equal(Size("a"), Size("a", scope));
    }

    [Fact]
    public void A_quotient_keeps_both_sides_so_that_a_remainder_can_be_refused()
    {
        var blocks = SizeParser.Parse("Blocks", With(("Blocks", "(a - 2) / 6")), out _)!;
        Assert.Equal(("a - 2", "6"), (blocks.Dividend, blocks.Divisor));
    }

    [Theory]
    [InlineData("N, [|missing|], H")]
    [InlineData("N, 2 * ([|missing|] - 1), ?")]
    [InlineData("  N ,  [|missing|]  ")]
    public void An_axis_that_does_not_bind_is_an_error_under_its_characters(string marked)
    {
        var (text, spans) = Marked(marked);
        Assert.Null(ShapeParser.Parse(text, Plain, out var errors));
        Assert.Equal(spans, errors.Select(error => (error.Start, error.Length)));
    }

    [Fact]
    public void Axes_are_free_unknown_or_sizes()
    {
        var shape = ShapeParser.Parse("N, 2 * a, ?, depths[(1)], (a)", Plain, out _)!;
        Assert.Equal("N, 2 * a, ?, depths[1], a", $"{shape.Shape}");
        Assert.Equal([null, "2 * a", null, "depths[(1)]", "(a)"], shape.Axes.Select(axis => axis.Code));
    }

    private static void Fails(string marked, SizeErrorKind kind)
    {
        var (text, spans) = Marked(marked);
        Assert.Null(SizeParser.Parse(text, Plain, out var errors));
        Assert.Equal(spans, errors.Select(error => (error.Start, error.Length)));
        Assert.All(errors, error => Assert.Equal(kind, error.Kind));
    }

    /// <summary>A text without its marks, and what stood between them.</summary>
    private static (string Text, List<(int Start, int Length)> Spans) Marked(string marked)
    {
        var spans = new List<(int, int)>();
        while (marked.IndexOf("[|", StringComparison.Ordinal) is var start and >= 0)
        {
            var end = marked.IndexOf("|]", start, StringComparison.Ordinal);
            spans.Add((start, end - start - 2));
            marked = marked.Remove(end, 2).Remove(start, 2);
        }
        return (marked, spans);
    }
}
