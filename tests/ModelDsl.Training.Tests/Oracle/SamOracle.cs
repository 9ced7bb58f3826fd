using System.Text.Json;

namespace ModelDsl.Training.Tests.Oracle;

internal static class SamOracle
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<SamCase> Cases { get; } = Read();

    private static SamCase[] Read()
    {
        using var stream = typeof(SamOracle).Assembly.GetManifestResourceStream("sam.json")!;
        return JsonSerializer.Deserialize<OracleFile>(stream, SnakeCase)!.Cases;
    }

    private sealed record OracleFile(SamCase[] Cases);
}
