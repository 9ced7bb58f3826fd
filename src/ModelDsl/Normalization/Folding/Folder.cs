using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Folds the normalizations of a module into its weight layers.</summary>
internal sealed class Folder
{
    private readonly ModulePlaces _places;
    private readonly SequentialNeighbours _neighbours;
    private readonly DeclaredPairs _declared;
    private readonly SharedWeights _weights;

    private Folder(nn.Module module)
    {
        _places = new(module);
        _neighbours = new(_places);
        _declared = new(_places);
        _weights = new(_places);
    }

    /// <summary>Folds what can be, and says what became of every normalization.</summary>
    /// <exception cref="InvalidOperationException">Something is in training mode.</exception>
    public static FoldingReport Fold(nn.Module module)
    {
        var folder = new Folder(module);
        folder.RequireEvaluation();
        return new([.. folder.FoldAll()]);
    }

    private List<LayerFolding> FoldAll()
    {
        var rows = new List<LayerFolding>();
        // A weight is normalized before it can absorb what follows, and stands before that.
        foreach (var module in _places.Modules.ToList())
        {
            if (module is ParametrizedWeightLayer { IsFolded: false } own)
                rows.Add(Row(own, TryFold(own), own));
        }
        foreach (var module in _places.Modules.Where(IsNormalization).ToList())
        {
            var host = HostOf(module);
            rows.Add(Row(module, TryFold(module, host), host));
        }
        var order = _places.All.Select((place, index) => (place.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);
        return [.. rows.OrderBy(row => order.GetValueOrDefault(row.Place))];
    }

    private static bool IsNormalization(nn.Module module) =>
        module is not (ParametrizedWeightLayer or NormalizationLayer { IsFolded: true })
        && NormalizationTags.VariantOf(module) != NormalizationVariant.Inherit;

    private LayerFolding Row(nn.Module layer, string? reason, nn.Module? host) =>
        new(NameOf(layer), layer.GetType().Name, reason is null ? NameOf(host!) : null, reason);

    private string NameOf(nn.Module module) =>
        _places.Of(module) is [var first, ..] ? first.Name : _places.Root.GetType().Name;

    private void RequireEvaluation()
    {
        if (_places.Modules.FirstOrDefault(module => module.training) is not { } training)
            return;
        var name = ReferenceEquals(training, _places.Root) ? "the model" : NameOf(training);
        throw new InvalidOperationException(
            $"{_places.Root.GetType().Name}: only what evaluation computes can be folded, but {name} is in training mode; "
                + "call eval() first.");
    }

    /// <summary>The layer that runs directly before another, where that is known.</summary>
    private nn.Module? HostOf(nn.Module layer) => _neighbours.Of(layer)?.Before ?? _declared.Before(layer);

    /// <summary>Folds a layer's normalization of its own weight; why not, or null.</summary>
    private string? TryFold(ParametrizedWeightLayer layer)
    {
        if (_weights.Contains(layer.weight))
            return "other layers share its weight";
        layer.Fold();
        return null;
    }

    /// <summary>Folds a normalization into the layer before it; why not, or null.</summary>
    private string? TryFold(nn.Module layer, nn.Module? host)
    {
        if ((WhyNot(layer) ?? WhyNotThere(layer, host)) is { } reason)
            return reason;
        using (var map = MapOf(layer)!)
            WeightFolding.Absorb(host!, map);
        // A linear layer's channels are the last axis, a normalization's axis 1: the same where there are two.
        int? rank = WeightFolding.WeightOf(host!).ndim == 2 ? 2 : null;
        if (layer is NormalizationLayer own)
            own.Fold(host!, rank);
        else
            Replace(layer, new FoldedNormalization(layer.GetType().Name, rank));
        return null;
    }

    /// <summary>Why a normalization isn't a scale and an offset in evaluation, or can't be taken away.</summary>
    private string? WhyNot(nn.Module layer)
    {
        if (layer is BatchNorm { running_var: null })
            return "it has no running statistics and takes those of the batch";
        if (NormalizationTags.VariantOf(layer) == NormalizationVariant.Custom)
            return "it is a normalization of one's own";
        if (layer is not (IFoldableLayer or NormBase { running_var: not null }))
            return layer is BatchEvoNormLayer
                ? "its evaluation is not linear in its input"
                : "it takes the statistics of its input also in evaluation";
        if (ModuleRegistries.HasHooks(layer))
            return "a hook is registered on it";
        if (_places.Of(layer).Count != 1)
            return _places.Of(layer).Count == 0 ? "it is the whole module" : "it stands in several places";
        return null;
    }

    /// <summary>Why the layer before a normalization can't take it over.</summary>
    private string? WhyNotThere(nn.Module layer, nn.Module? host)
    {
        if (!WeightFolding.IsHost(host))
            return NoHost(layer);
        var name = NameOf(host!);
        if (_declared.IsLabelled(host!))
            return $"a label keeps what comes out of {name}";
        if (_places.Of(host!).Count != 1 || (_neighbours.Of(layer) is not null && _neighbours.Of(host!) is null))
            return $"{name} stands in several places";
        if (ModuleRegistries.HasHooks(host!))
            return $"a hook is registered on {name}";
        if (host is ParametrizedWeightLayer { IsFolded: false } || _weights.Contains(WeightFolding.WeightOf(host!)))
            return $"other layers share the weight of {name}";
        if (WeightFolding.OutputsOf(host!) != ChannelsOf(layer))
            return $"{name} has another number of channels";
        return layer is NormalizationLayer || _places.Of(layer)[0].Parent is Sequential
            ? null
            : "it is no layer of this library, and its field can't hold another";
    }

    private string NoHost(nn.Module layer)
    {
        var isKnown = _neighbours.Of(layer) is not null || _places.Of(layer)[0].Parent is ModuleLevel or IModel;
        return isKnown
            ? "no convolution or linear layer stands directly before it"
            : "what runs before it is not known; put the two into nn.Sequential";
    }

    private static long ChannelsOf(nn.Module layer) =>
        layer is NormBase norm ? norm.num_features : ((ChannelNormalizationLayer)layer).Channels;

    private static ChannelMap MapOf(nn.Module layer) => layer is NormBase norm
        ? ChannelMap.Of(norm.weight, norm.bias, norm.running_mean, norm.running_var!, norm.eps)
        : ((IFoldableLayer)layer).EvaluationMap();

    private void Replace(nn.Module layer, nn.Module<Tensor, Tensor> replacement)
    {
        replacement.eval();
        var place = _places.Of(layer)[0];
        place.Model?.Forget(layer);
        ModuleRegistries.Replace(place, replacement);
        layer.Dispose();
    }
}
