using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What is to happen to a normalization layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Replacements">What changes, the layer itself first; empty where it is left alone.</param>
/// <param name="Reason">Why it is left alone, or null.</param>
internal sealed record PlannedConversion(nn.Module Layer, IReadOnlyList<Replacement> Replacements, string? Reason)
{
    /// <summary>The weight layer that takes the normalization over, or null.</summary>
    public nn.Module? Host { get; init; }

    /// <summary>A layer that stays as it is.</summary>
    public static PlannedConversion LeaveAlone(nn.Module layer, string reason) => new(layer, [], reason);
}
