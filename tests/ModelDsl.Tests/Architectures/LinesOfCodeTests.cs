using System.Reflection;
using Xunit.Abstractions;

namespace ModelDsl.Tests.Architectures;

/// <summary>How much a person writes for the same network, declared and by hand.</summary>
public sealed class LinesOfCodeTests(ITestOutputHelper output)
{
    private static readonly (string File, string Network)[] Rows =
    [
        ("LeNet5", "LeNet-5"),
        ("VGG16", "VGG-16-BN"),
        ("GoogLeNet", "GoogLeNet"),
        ("ResNet", "ResNet-18, -34, -50"),
        ("WideResNet", "WideResNet-28-10"),
        ("ResNeXt", "ResNeXt-29 32x4d"),
        ("DenseNet", "DenseNet-121"),
        ("MobileNetV2", "MobileNetV2"),
        ("ConvNeXt", "ConvNeXt-T"),
        ("UNet", "U-Net"),
        ("MlpMixer", "MLP-Mixer S/16"),
        ("VisionTransformer", "Vision transformer"),
    ];

    [Fact]
    public void The_table_is_what_the_files_hold()
    {
        var table = Table();
        output.WriteLine(table);
        Assert.Contains(table, Read("Architectures.md"), StringComparison.Ordinal);
    }

    private static string Table()
    {
        var counts = Rows
            .Select(row => (Title: row.Network, Declared: Of("Declared", row.File), ByHand: Of("HandWritten", row.File)))
            .ToList();
        (string Title, Size Declared, Size ByHand) total =
            ("together", Sum(counts.Select(row => row.Declared)), Sum(counts.Select(row => row.ByHand)));
        return string.Join('\n', counts.Append(total).Select(row =>
            $"| {row.Title} | {row.Declared.Lines} | {row.ByHand.Lines} | {Share(row.Declared.Lines, row.ByHand.Lines)} "
            + $"| {row.Declared.Characters} | {row.ByHand.Characters} "
            + $"| {Share(row.Declared.Characters, row.ByHand.Characters)} |"));
    }

    /// <summary>Lines that are neither blank, comment, using nor namespace, and their characters but white space.</summary>
    private static Size Of(string folder, string file)
    {
        var lines = Read($"{folder}/{file}.cs").Split('\n').Select(line => line.Trim()).Where(IsCode).ToList();
        return new(lines.Count, lines.Sum(line => line.Count(character => !char.IsWhiteSpace(character))));
    }

    private static bool IsCode(string line) =>
        line.Length > 0 && !new[] { "//", "using ", "namespace " }.Any(start => line.StartsWith(start, StringComparison.Ordinal));

    private static Size Sum(IEnumerable<Size> sizes) =>
        sizes.Aggregate(new Size(0, 0), (sum, size) => new(sum.Lines + size.Lines, sum.Characters + size.Characters));

    private static string Share(int part, int whole) => $"{Math.Round(100.0 * part / whole)} %";

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"'{name}' is no resource of this assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r", "", StringComparison.Ordinal);
    }

    private sealed record Size(int Lines, int Characters);
}
