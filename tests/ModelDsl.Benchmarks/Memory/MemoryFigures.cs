using System.Globalization;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>What one process measured.</summary>
/// <param name="Growth">Kilobytes that the peak resident set lies above the one before the first full step.</param>
/// <param name="PeakTensors">The most tensor handles alive at once.</param>
internal readonly record struct MemoryFigures(long Growth, long PeakTensors)
{
    public static MemoryFigures Parse(string line)
    {
        var numbers = line.Split(' ');
        return new(long.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => FormattableString.Invariant($"{Growth} {PeakTensors}");
}
