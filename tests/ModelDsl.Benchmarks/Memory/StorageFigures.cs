using System.Globalization;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>What one process measured.</summary>
/// <param name="Before">The bytes before the measured steps: batch, parameters, gradients, momentum.</param>
/// <param name="Between">The most bytes above those when a layer has run: without buffers that libtorch takes inside of one.</param>
/// <param name="Pair">The largest input and output of one layer.</param>
internal readonly record struct StorageFigures(long Before, long Between, long Pair)
{
    public static StorageFigures Parse(string line)
    {
        var numbers = line.Split(' ');
        return new(Number(0), Number(1), Number(2));

        long Number(int index) => long.Parse(numbers[index], CultureInfo.InvariantCulture);
    }

    public override string ToString() => FormattableString.Invariant($"{Before} {Between} {Pair}");
}
