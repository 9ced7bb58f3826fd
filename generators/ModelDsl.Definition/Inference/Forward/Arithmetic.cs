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
            new IntegerValue(SizeFacts.Known(
                right is null ? Negated(operation, left.Size) : Integers(operation, left.Size, right.Size))),
        _ => FlowValue.Unknown,
    };

    private static bool? And(bool? left, bool? right) =>
        left == false || right == false ? false : left is null || right is null ? null : true;

    private static bool? Compare(string operation, FlowValue left, FlowValue? right) =>
        SizeFacts.Known(left.Size) is { } one && SizeFacts.Known(right?.Size) is { } other
            ? new ComparisonCondition(operation, one, other).Truth()
            : null;

    private static Size? Negated(string operation, Size? size) => operation == "-" && size is not null ? -size : null;

    private static Size? Integers(string operation, Size? left, Size? right)
    {
        if (left is null || right is null)
            return null;
        // C# rounds towards zero.
        if (operation is "/" or "%" && left.Value is { } dividend && right.Value is { } divisor and not (0 or -1))
            return Size.Constant(operation == "/" ? dividend / divisor : dividend % divisor);
        return operation switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => Size.CanMultiply(left, right) ? left * right : null,
            "/" or "%" when right.Value == 0 => null,
            "/" => Size.Divide(left, right),
            "%" => Size.Remainder(left, right),
            _ => null,
        };
    }
}
