namespace ModelDsl.Definition;

/// <summary>The divisors of a number, for messages.</summary>
internal static class Divisors
{
    private const int Shown = 12;

    public static string Of(long number) =>
        string.Join(", ",
            Enumerable.Range(1, (int)Math.Min(Math.Max(number, 1), 4096))
                .Where(divisor => number % divisor == 0)
                .Take(Shown));
}
