namespace ModelDsl;

/// <summary>How often a block repeats: a number, or a quotient that must leave no remainder.</summary>
public readonly record struct RepeatCount
{
    private readonly long _remainder;

    private RepeatCount(long value, long remainder) => (Value, _remainder) = (value, remainder);

    /// <summary>The number of blocks.</summary>
    public long Value { get; }

    /// <summary>A number of blocks.</summary>
    public static implicit operator RepeatCount(long value) => new(value, 0);

    /// <summary>A number of blocks.</summary>
    public static RepeatCount FromInt64(long value) => value;

    /// <summary>
    /// The number of blocks <paramref name="dividend"/> / <paramref name="divisor"/>: a remainder is an error, not
    /// rounded away.
    /// </summary>
    public static RepeatCount Quotient(long dividend, long divisor) =>
        divisor == 0 ? new(0, dividend) : new(dividend / divisor, dividend % divisor);

    /// <summary>The number of blocks.</summary>
    /// <exception cref="ArgumentException">It is less than <paramref name="minimum"/>, or the quotient leaves a
    /// remainder.</exception>
    internal long Checked(string site, string expression, int minimum)
    {
        if (_remainder != 0)
            throw new ArgumentException(
                $"{site}: Repeat = {expression} leaves the remainder {_remainder}; "
                    + "change the parameters so that it divides.");
        if (Value < minimum)
            throw new ArgumentException($"{site}: Repeat = {expression} is {Value}; it must be at least {minimum}.");
        return Value;
    }
}
