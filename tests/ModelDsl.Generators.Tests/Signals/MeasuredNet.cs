using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests;

/// <summary>
/// A row of <c>Oracle/signal_propagation.json</c>: medians of three random initialisations of the nets of Lubana et al. 2021 on
/// 32 x 32 images. A grouping above 1 is a number of groups, below 1 one over the channels of a group.
/// </summary>
public sealed record MeasuredNet(
    [property: JsonPropertyName("architecture")] string Architecture,
    [property: JsonPropertyName("normalization")] string Normalization,
    [property: JsonPropertyName("grouping")] double Grouping,
    [property: JsonPropertyName("gradient_norm_ratio_first_last")] double GradientGrowth,
    [property: JsonPropertyName("cosine_similarity_last")] double CosineSimilarity,
    [property: JsonPropertyName("activation_variance_last")] double ActivationVariance,
    [property: JsonPropertyName("conv_layers")] int Convolutions)
{
    /// <summary>
    /// Values uniform in [-1, 1], as the measured variance of the first activation shows: 0.212 without normalization is
    /// 0.341 x 2 x 1/3 less the border.
    /// </summary>
    public static readonly SignalInput Input = new(Edge: 32, MeanSquare: 1.0 / 3);

    public static IReadOnlyList<MeasuredNet> All { get; } = Read();

    public IReadOnlyList<SignalLayer> Layers => Architecture switch
    {
        "VGG-10" => Chain([64, -64, 128, -128, 256, -256, 512, -512, 512, 512]),
        "VGG-20" => Chain([64, 64, 64, -64, 128, 128, 128, -128, 256, 256, 256, -256, 256, 256, 256, -256, 512, 512, 512, 512]),
        "ResNet-20" => ResNet(blocksPerStage: 3),
        "ResNet-56" => ResNet(blocksPerStage: 9),
        _ => throw new InvalidOperationException(Architecture),
    };

    public override string ToString() => $"{Architecture} {Normalization} {Grouping}";

    /// <summary>Widths; a negative one has stride 2.</summary>
    private List<SignalLayer> Chain(int[] widths) =>
        [.. widths.SelectMany(width => Convolution(Math.Abs(width), width < 0 ? 2 : 1).Append(new ActivationSignal()))];

    private List<SignalLayer> ResNet(int blocksPerStage)
    {
        List<SignalLayer> layers = [.. Convolution(32), new ActivationSignal()];
        foreach (var width in new[] { 32, 64, 128 })
            for (var block = 0; block < blocksPerStage; block++)
                layers.AddRange(Block(width, downsample: block == 0 && width > 32));
        return layers;
    }

    private SignalLayer[] Block(int width, bool downsample)
    {
        var stride = downsample ? 2 : 1;
        ImmutableArray<SignalLayer> branch = [.. Convolution(width, stride), new ActivationSignal(), .. Convolution(width)];
        ImmutableArray<SignalLayer> shortcut = downsample ? [.. Convolution(width, stride)] : [];
        return [new ResidualSignal(branch, shortcut), new ActivationSignal()];
    }

    private SignalLayer[] Convolution(int width, int stride = 1) =>
        Normalize(width) is { } normalization
            ? [new ConvolutionSignal(Stride: stride), normalization]
            : [new ConvolutionSignal(Stride: stride)];

    private NormalizationSignal? Normalize(int width) => Normalization switch
    {
        "Plain" => null,
        "BatchNorm" => NormalizationSignal.Batch,
        "Instance Normalization" => NormalizationSignal.Instance,
        "LayerNorm" => NormalizationSignal.Group(width),
        "GroupNorm" when Grouping > 1 => NormalizationSignal.Group(width / (int)Grouping),
        "GroupNorm" => NormalizationSignal.Group((int)(1 / Grouping)),
        _ => throw new InvalidOperationException(Normalization),
    };

    private static MeasuredNet[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Oracle/signal_propagation.json")!;
        return JsonSerializer.Deserialize<MeasuredNet[]>(stream)!;
    }
}
