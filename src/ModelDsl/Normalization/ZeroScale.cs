using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Normalizations whose scale starts at zero, so that the residual branch that they end does.</summary>
public static class ZeroScale
{
    /// <summary>
    /// Sets the scale of a normalization to zero: its weight, or the gain of a layer that normalizes its own weight. It is
    /// learned from there (Goyal et al. 2017, section 5.1).
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="isZero">Whether that is to be done.</param>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">It has no scale.</exception>
    public static TLayer Apply<TLayer>(TLayer layer, bool isZero = true)
        where TLayer : nn.Module
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (!isZero)
            return layer;
        var scale = ScaleOf(layer) ?? throw new ArgumentException(
            $"{layer.GetName()} has no scale that could start at zero; write Shortcut(Scale = BranchScale.SkipInit) instead of "
                + "ZeroInit.");
        using var noGradients = no_grad();
        using Scalar zero = 0;
        scale.fill_(zero);
        return layer;
    }

    private static Parameter? ScaleOf(nn.Module layer) => layer is IAffineLayer own
        ? own.AffineParameters is [var scale, ..] ? scale : null
        : layer.named_parameters(recurse: false).FirstOrDefault(entry => entry.name == "weight").parameter;
}
