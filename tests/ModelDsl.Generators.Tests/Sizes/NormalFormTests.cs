using ModelDsl.Definition;
using static ModelDsl.Generators.Tests.Sizes.Scopes;
using Size = ModelDsl.Definition.Size;

namespace ModelDsl.Generators.Tests.Sizes;

/// <summary>Equal sizes are equal records, and print as C# that means the same.</summary>
public sealed class NormalFormTests
{
    [Theory]
    [InlineData("(H - 1) / 2 + 1", "(H + 1) / 2")]
    [InlineData("((H + 1) / 2 + 1) / 2", "(H + 3) / 4")]
    [InlineData("((H / 2) / 3) / 5", "H / 30")]
    [InlineData("(H / 2 + 3) / 4", "(H + 6) / 8")]
    [InlineData("(6 * a + H + 5) / 2", "3 * a + (H + 1) / 2 + 2")]
    [InlineData("(2 * a * b) / b", "a * 2")]
    [InlineData("(a + b) * (a - b)", "a * a - b * b")]
    [InlineData("a * (b + c) - a * c", "b * a")]
    [InlineData("(4 * a) % 2", "0")]
    [InlineData("(4 * a + 7) % 2", "1")]
    [InlineData("-(-a)", "a")]
    [InlineData("a - a", "0")]
    [InlineData("index == 0 ? a : a", "a")]
    [InlineData("index >= 0 ? a : b", "a")]
    [InlineData("index + 1 == 0 ? a : b", "b")]
    public void Two_spellings_of_one_size_are_equal(string left, string right) => Assert.Equal(Size(left), Size(right));

    [Theory]
    [InlineData("2 * (a / 3)", "2 * a / 3")]
    [InlineData("a / b / c", "a / (b / c)")]
    [InlineData("a / 2 + b / 2", "(a + b) / 2")]
    [InlineData("a % b * c", "a % (b * c)")]
    [InlineData("index == 0 ? a : b", "index == 0 ? b : a")]
    [InlineData("a", "b")]
    public void Different_sizes_differ(string left, string right) => Assert.NotEqual(Size(left), Size(right));

    [Theory]
    [InlineData("2 * (a / 3)", "2 * (a / 3)")]
    [InlineData("a * (b / 3)", "a * (b / 3)")]
    [InlineData("b / (a * c)", "b / (a * c)")]
    [InlineData("a / (b / c)", "a / (b / c)")]
    [InlineData("a / b / c", "a / b / c")]
    [InlineData("a - b / c", "-(b / c) + a")]
    [InlineData("c - 3 * (a % b)", "-3 * (a % b) + c")]
    [InlineData("2 * (index == 0 ? 1 : a)", "2 * (index == 0 ? 1 : a)")]
    public void It_prints_as_the_same_size(string text, string printed)
    {
        var size = Size(text);
        Assert.Equal(Size(printed), Size(size.ToString()));
        Assert.Equal(size, Size(size.ToString()));
    }

    [Fact]
    public void A_conditional_is_decided_by_substitution()
    {
        var stride = Size("index == 0 ? 2 : 1");
        Assert.Equal(Constant(2), Substituted(stride, "index", Constant(0)));
        Assert.Equal(Constant(1), Substituted(stride, "index", Constant(3)));
        Assert.Equal(Constant(1), Substituted(stride, "index", Size("index + 1")));
        Assert.Equal(stride, Substituted(stride, "index", Size("index")));
    }

    [Fact]
    public void Substitution_divides_again()
    {
        Assert.Equal(Size("3 * a"), Substituted(Size("H / 2"), "H", Size("6 * a")));
        Assert.Equal(Constant(7), Substituted(Size("((H + 1) / 2 + 1) / 2"), "H", Constant(28)));
    }

    [Fact]
    public void A_symbol_that_nobody_knows_makes_a_size_unknown() => Assert.Null(Size("2 * a + b").Substitute(symbol => symbol == "a" ? null : Constant(1)));

    [Theory]
    [InlineData("12", 4, true)]
    [InlineData("12", 5, false)]
    [InlineData("8 * a", 4, true)]
    [InlineData("8 * a + 4", 4, true)]
    [InlineData("a", 4, null)]
    [InlineData("8 * a + 1", 4, null)]
    public void What_divides_is_known_or_stays_open(string text, long divisor, bool? expected) => Assert.Equal(expected, Size(text).IsMultipleOf(divisor));

    [Fact]
    public void Shapes_conflict_only_where_no_value_could_make_them_equal()
    {
        Assert.Null(Shape("a, H, 3").FirstConflict(Shape("b, 2 * H, 3")));
        Assert.Equal(1, Shape("a, H, 3").FirstConflict(Shape("a, H + 1, 4")));
        Assert.Null(Shape("?, 2").FirstConflict(Shape("5, ?")));
    }

    private static Shape Shape(string text) => ShapeParser.Parse(text, Plain, out _)!.Shape;

    private static Size Constant(long value) => ModelDsl.Definition.Size.Constant(value);

    private static Size? Substituted(Size size, string name, Size value) =>
        size.Substitute(symbol => symbol == name ? value : ModelDsl.Definition.Size.Symbol(symbol));
}
