using System.Reflection;
using System.Text.Json;

namespace ModelDsl.Tests.Normalizing;

/// <summary>The reference vectors of normalization layers, in float64, computed by PyTorch.</summary>
internal static class NormalizationOracle
{
    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly Lazy<NormalizationFile> Norms = new(() => Read<NormalizationFile>("norms.json"));
    private static readonly Lazy<PerExampleFile> Gns = new(() => Read<PerExampleFile>("gns.json"));

    public static IEnumerable<string> Cases => Norms.Value.Cases.Select(entry => entry.Name);

    public static NormalizationCase Case(string name) => Norms.Value.Cases.Single(entry => entry.Name == name);

    public static PerExampleCase PerExample(string layer, string shape) =>
        Gns.Value.Layers.Single(entry => entry.Layer == layer && entry.Shape == shape);

    private static T Read<T>(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<T>(stream, SnakeCase)!;
    }

    private sealed record NormalizationFile(NormalizationCase[] Cases);

    private sealed record PerExampleFile(PerExampleCase[] Layers);
}
