using System.Reflection;
using System.Text.Json;

namespace ModelDsl.Training.Tests.GradientNoise;

/// <summary>A sequence of gns.json: what goes into the estimator at each step and what it then says.</summary>
public sealed record NoiseSequence(double EmaDecay, long BatchSize, NoiseStep[] Steps)
{
    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
    };

    public static NoiseSequence[] All()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("gns.json")!;
        return JsonSerializer.Deserialize<File>(stream, SnakeCase)!.Estimator;
    }

    private sealed record File(NoiseSequence[] Estimator);
}
