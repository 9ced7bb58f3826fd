namespace ModelDsl.Definition;

/// <summary>C# operators on integers, numbers and flags.</summary>
internal static class Arithmetic
{
    public static FlowValue Apply(string operation, FlowValue left, FlowValue? right) => operation switch
    {
        "!" => new FlagValue(!(left as FlagValue)?.Value),
        "&&" => new FlagValue(And((left as FlagValue)?.Value, (right as FlagValue)?.Value)),
        "||" => new FlagValue(!And(!(left as FlagValue)?.Value, !(right as FlagValue)?.Value)),
        "==" or "!=" or "<" or ">" or "<=" or ">=" => new FlagValue(Compare(operation, left, right)),
        _ when left is RealValue || right is RealValue => new RealValue(null),
        _ when left is IntegerValue && right is null or IntegerValue =>
            new IntegerValue(SizeFacts.Known(Integers(operation, left.Size, right is null ? Size.Zero : right.Size, right is null))),
        _ => FlowValue.Unknown,
    };

    private static bool? And(bool? left, bool? right) =>
        left == false || right == false ? false : left is null || right is null ? null : true;

    private static bool? Compare(string operation, FlowValue left, FlowValue? right) =>
        SizeFacts.Known(left.Size) is { } one && SizeFacts.Known(right?.Size) is { } other
            ? new ComparisonCondition(operation, one, other).Truth()
            : null;

    private static Size? Integers(string operation, Size? left, Size? right, bool isUnary)
    {
        if (left is null || right is null)
            return null;
        if (isUnary)
            return operation == "-" ? -left : null;
        return operation switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => Size.CanMultiply(left, right) ? left * right : null,
            "/" or "%" when right.Value == 0 => null,
            // C# rounds towards zero.
            "/" when left.Value is { } dividend && right.Value is { } divisor && divisor != -1 => Size.Constant(dividend / divisor),
            "%" when left.Value is { } dividend && right.Value is { } divisor && divisor != -1 => Size.Constant(dividend % divisor),
            "/" => Size.Divide(left, right),
            "%" => Size.Remainder(left, right),
            _ => null,
        };
    }
}
