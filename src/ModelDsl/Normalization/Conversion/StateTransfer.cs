using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Gives a new layer what keeps its meaning of the state of an old one.</summary>
internal static class StateTransfer
{
    /// <summary>Copies values and whether they are trained.</summary>
    /// <param name="old">The normalization layer that stood there.</param>
    /// <param name="target">What normalizes there now, on the same device and of the same type; null: nothing.</param>
    public static TransferredState Carry(nn.Module old, nn.Module? target)
    {
        using var noGradients = no_grad();
        var given = State(old);
        var kept = target is null ? [] : Copy(old, target, given);
        var lost = given.Keys.Except(kept).Where(name => name != nameof(BatchNorm.num_batches_tracked)).ToList();
        string?[] notes =
        [
            lost.Count > 0 ? $"not kept: {string.Join(", ", lost)}" : null,
            target is not null && MustGather(target, kept)
                ? "its running statistics start anew: run batches in training mode before evaluating"
                : null,
        ];
        var note = string.Join("; ", notes.Where(part => part is not null));
        return new(kept, note.Length == 0 ? null : note);
    }

    /// <summary>Whether a layer evaluates with the running variance of each channel over batch and positions.</summary>
    public static bool HasRunningVariance(nn.Module layer) =>
        layer is BatchNorm { running_var: not null } or BatchNormLayer or VarianceNormLayer or BatchEvoNormLayer;

    private static Dictionary<string, Tensor> State(nn.Module layer) =>
        layer.named_parameters(recurse: false).Select(entry => (entry.name, (Tensor)entry.parameter))
            .Concat(layer.named_buffers(recurse: false))
            .ToDictionary(entry => entry.Item1, entry => entry.Item2);

    private static List<string> Copy(nn.Module old, nn.Module target, Dictionary<string, Tensor> given)
    {
        var kept = new List<string>();
        foreach (var (name, value) in State(target))
        {
            var source = SourceOf(name, old, target);
            if (source is null || !given.TryGetValue(source, out var from) || from.numel() != value.numel())
                continue;
            // An affine over several axes is none of channels, whatever its size.
            if (from.ndim > 1 && !from.shape.SequenceEqual(value.shape))
                continue;
            using var view = from.reshape(value.shape);
            value.copy_(view);
            if (value is Parameter)
                value.requires_grad = from.requires_grad;
            kept.Add(source);
        }
        return kept;
    }

    /// <summary>What a parameter or buffer was called in the old layer, if its meaning is the same there.</summary>
    private static string? SourceOf(string name, nn.Module old, nn.Module target)
    {
        var (before, now) = (NormalizationTags.VariantOf(old), NormalizationTags.VariantOf(target));
        if (now is NormalizationVariant.Inherit or NormalizationVariant.Custom)
            return null;
        if (target is ParametrizedWeightLayer)
            return name switch { "gain" => "weight", "bias" => "bias", _ => null };
        return name switch
        {
            "weight" or "bias" => name,
            "running_mean" or "running_var" or "num_batches_tracked" =>
                HasRunningVariance(old) && HasRunningVariance(target) ? name : null,
            _ => before == now ? name : null,
        };
    }

    private static bool MustGather(nn.Module target, List<string> kept) =>
        (HasRunningVariance(target) && !kept.Contains(nameof(BatchNorm.running_var)))
        || (target is BatchNormLayer && !kept.Contains(nameof(BatchNorm.running_mean)));
}
