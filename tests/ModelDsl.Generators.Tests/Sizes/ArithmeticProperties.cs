using FsCheck.Xunit;
using static ModelDsl.Generators.Tests.Sizes.Scopes;
using Size = ModelDsl.Definition.Size;

namespace ModelDsl.Generators.Tests.Sizes;

/// <summary>Symbolic arithmetic agrees with numbers, for random expressions and values.</summary>
[Properties(Arbitrary = [typeof(Expression)], MaxTest = 1000)]
public sealed class ArithmeticProperties
{
    [Property]
    public void The_normal_form_has_the_value_of_what_was_written(Expression expression, sbyte a, sbyte b, sbyte c, sbyte d)
    {
        var values = Values(a, b, c, d);
        if (expression.Evaluate(values) is { } expected)
            Assert.Equal(expected, Evaluated(Size($"{expression}"), values));
    }

    [Property]
    public void Printing_and_reading_gives_the_same_value(Expression expression, sbyte a, sbyte b, sbyte c, sbyte d)
    {
        var values = Values(a, b, c, d);
        if (expression.Evaluate(values) is { } expected)
            Assert.Equal(expected, Evaluated(Size($"{Size($"{expression}")}"), values));
    }

    [Property]
    public void Substituting_in_steps_gives_what_substituting_at_once_gives(Expression expression, Expression inner, sbyte b, sbyte c, sbyte d)
    {
        var values = Values(0, b, c, d);
        if (inner.Evaluate(values) is not { } a || expression.Evaluate(Values(a, b, c, d)) is not { } expected)
            return;
        var nested = Size($"{expression}").Substitute(symbol => symbol == "a" ? Size($"{inner}") : Definition.Size.Symbol(symbol))!;
        Assert.Equal(expected, Evaluated(nested, values));
    }

    private static Dictionary<string, long> Values(params long[] values) => Expression.Names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);

    private static long? Evaluated(Size size, Dictionary<string, long> values) =>
        size.Substitute(symbol => Definition.Size.Constant(values[symbol]))!.Value;
}
