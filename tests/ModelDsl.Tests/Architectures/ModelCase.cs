using System.Reflection;
using System.Text.Json;

namespace ModelDsl.Tests.Architectures;

/// <summary>One case of models.json: a model of torchvision filled by <see cref="Formula"/>, evaluated in float64.</summary>
/// <param name="StateDict">Pairs of a name and a shape, in order.</param>
/// <param name="Output">The first values of the output.</param>
/// <param name="LossMeanSquare">The mean of the squared output.</param>
/// <param name="GradientNorms">The norms of its gradients.</param>
internal sealed record ModelCase(
    string Name,
    long[] InputShape,
    JsonElement[][] StateDict,
    long[] OutputShape,
    double[] Output,
    double LossMeanSquare,
    Dictionary<string, double> GradientNorms)
{
    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly Lazy<ModelFile> File = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("models.json")!;
        return JsonSerializer.Deserialize<ModelFile>(stream, SnakeCase)!;
    });

    public IEnumerable<string> Names => StateDict.Select(entry => entry[0].GetString()!);

    /// <summary>The entries of the state dict as <see cref="PublishedModel.State"/> writes them.</summary>
    public IEnumerable<string> State => StateDict.Select(entry =>
        string.Join(' ', entry[1].EnumerateArray().Select(size => size.GetRawText()).Prepend(entry[0].GetString())));

    public static ModelCase Read(string name) => File.Value.Cases.Single(entry => entry.Name == name);

    private sealed record ModelFile(ModelCase[] Cases);
}
