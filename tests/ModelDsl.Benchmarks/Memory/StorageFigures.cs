using System.Globalization;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>What one process measured.</summary>
/// <param name="Before">The bytes before the measured steps: batch, parameters, gradients, momentum.</param>
/// <param name="Pair">The largest input and output of one layer.</param>
internal readonly record struct StorageFigures(long Before, long Pair)
{
    public static StorageFigures Parse(string line)
    {
        var numbers = line.Split(' ');
        return new(long.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => FormattableString.Invariant($"{Before} {Pair}");
}
