using ModelDsl.Definition;
using static ModelDsl.Generators.Tests.Sizes.Scopes;

namespace ModelDsl.Generators.Tests.Sizes;

/// <summary>Which conditions follow from others by their parts.</summary>
public sealed class ImplicationTests
{
    [Theory]
    [InlineData("a == b", "b == a", true)]
    [InlineData("a + 1 == b + 1", "a == b", true)]
    [InlineData("a == 1 && b == 2", "b == 2", true)]
    [InlineData("b == 2 && a == 1", "a == 1 && b == 2", true)]
    [InlineData("wide && a == b", "a == b", true)]
    [InlineData("a == b && a == 1 || b == a && wide", "a == b", true)]
    [InlineData("wide", "1 == 1", true)]
    [InlineData("a == b", "a == b && a == 1", false)]
    [InlineData("a == b || wide", "a == b", false)]
    [InlineData("a != b", "a == b", false)]
    [InlineData("a >= b", "b >= a", false)]
    [InlineData("2 * a == 2 * b", "a == b", false)]
    public void Follows_where_the_parts_say_so(string given, string other, bool isImplied) =>
        Assert.Equal(isImplied, Condition(given).Implies(Condition(other)));

    private static Condition Condition(string text) => SizeParser.ParseCondition(text, With(), out _)!.Value.Condition!;
}
