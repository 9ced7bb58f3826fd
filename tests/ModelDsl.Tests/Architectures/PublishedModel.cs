using System.Globalization;
using System.Reflection;

namespace ModelDsl.Tests.Architectures;

/// <summary>What PyTorch printed of a published model: see Published/README.md.</summary>
/// <param name="Parameters">The number of trainable values.</param>
/// <param name="Input">The shape of the input that <paramref name="Output"/> belongs to; empty where none was computed.</param>
/// <param name="Output">The first values of the output, in float64, of the model filled by <see cref="Formula"/>.</param>
/// <param name="State">The entries of the state dict, in order, each <c>name size size ...</c>.</param>
internal sealed record PublishedModel(long Parameters, long[] Input, double[] Output, string[] State)
{
    public IEnumerable<string> Names => State.Select(entry => entry.Split(' ')[0]);

    /// <exception cref="FileNotFoundException">There is no such file in Published.</exception>
    public static PublishedModel Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.txt")
            ?? throw new FileNotFoundException($"No published model '{name}'.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(
            Header(lines, "parameters").Select(long.Parse).Single(),
            [.. Header(lines, "input").Select(long.Parse)],
            [.. Header(lines, "output").Select(value => double.Parse(value, CultureInfo.InvariantCulture))],
            [.. lines.Where(line => line[0] != '#')]);
    }

    private static IEnumerable<string> Header(string[] lines, string key) =>
        lines.FirstOrDefault(line => line.StartsWith($"# {key} ", StringComparison.Ordinal))?.Split(' ').Skip(2) ?? [];
}
