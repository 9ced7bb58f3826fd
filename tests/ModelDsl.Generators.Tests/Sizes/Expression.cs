using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace ModelDsl.Generators.Tests.Sizes;

/// <summary>A random size expression that knows its own value: divisions round down.</summary>
public abstract record Expression
{
    public static readonly string[] Names = ["a", "b", "c", "d"];

    /// <summary>The value, or null where something is divided by zero.</summary>
    public abstract long? Evaluate(IReadOnlyDictionary<string, long> values);

    /// <summary>For FsCheck, which finds it by its type.</summary>
    public static Arbitrary<Expression> Arbitrary() => Gen.Sized(size => OfDepth(Math.Min(4, size / 8))).ToArbitrary();

    private static Gen<Expression> OfDepth(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Choose(-9, 9).Select(value => (Expression)new Number(value)),
            Gen.Elements(Names).Select(name => (Expression)new Name(name)));
        if (depth == 0)
            return leaf;
        var inner = OfDepth(depth - 1);
        var binary = from left in inner from operation in Gen.Elements("+", "-", "*", "/", "%") from right in inner select (Expression)new Binary(left, operation, right);
        var choice = from left in inner from operation in Gen.Elements("<", "==", ">=") from right in inner from yes in inner from no in inner
                     select (Expression)new Choice(left, operation, right, yes, no);
        return Gen.Frequency((1, leaf), (6, binary), (1, choice));
    }

    private sealed record Number(long Value) : Expression
    {
        public override long? Evaluate(IReadOnlyDictionary<string, long> values) => Value;

        public override string ToString() => Value < 0 ? $"(-{(-Value).ToString(CultureInfo.InvariantCulture)})" : Value.ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Name(string Text) : Expression
    {
        public override long? Evaluate(IReadOnlyDictionary<string, long> values) => values[Text];

        public override string ToString() => Text;
    }

    private sealed record Binary(Expression Left, string Operation, Expression Right) : Expression
    {
        public override long? Evaluate(IReadOnlyDictionary<string, long> values)
        {
            if (Left.Evaluate(values) is not { } left || Right.Evaluate(values) is not { } right)
                return null;
            return Operation switch
            {
                "+" => left + right,
                "-" => left - right,
                "*" => left * right,
                _ when right == 0 => null,
                "/" => Floor(left, right),
                _ => left - right * Floor(left, right),
            };
        }

        public override string ToString() => $"({Left} {Operation} {Right})";

        private static long Floor(long left, long right) => (long)Math.Floor((decimal)left / right);
    }

    private sealed record Choice(Expression Left, string Operation, Expression Right, Expression Yes, Expression No) : Expression
    {
        public override long? Evaluate(IReadOnlyDictionary<string, long> values)
        {
            if (Left.Evaluate(values) is not { } left || Right.Evaluate(values) is not { } right)
                return null;
            var (yes, no) = (Yes.Evaluate(values), No.Evaluate(values));
            if (yes is null || no is null)
                return null;
            return (Operation switch { "<" => left < right, "==" => left == right, _ => left >= right }) ? yes : no;
        }

        public override string ToString() => $"({Left} {Operation} {Right} ? {Yes} : {No})";
    }
}
