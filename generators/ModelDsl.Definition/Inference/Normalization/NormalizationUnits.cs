namespace ModelDsl.Definition;

/// <summary>Finds the layers that the choice at a slot may change.</summary>
internal sealed class NormalizationUnits
{
    private readonly EquatableArray<LayerDeclaration> _layers;
    private readonly HashSet<int> _hosts = [];

    private NormalizationUnits(EquatableArray<LayerDeclaration> layers) => _layers = layers;

    /// <summary>The unit of every slot, in order.</summary>
    public static IReadOnlyList<NormalizationUnit> Of(EquatableArray<LayerDeclaration> layers)
    {
        var units = new NormalizationUnits(layers);
        return [.. Enumerable.Range(0, layers.Count).Where(index => NormalizationSlot.IsSlot(layers[index])).Select(units.Find)];
    }

    private NormalizationUnit Find(int slot)
    {
        var (host, obstacle) = Host(slot);
        var shortcut = Directly(slot + 1) is { Attribute: "Shortcut" } next && IsPlain(next) && _layers[slot].When is null
            ? slot + 1
            : (int?)null;
        var behind = (shortcut ?? slot) + 1;
        var zeroInit = ZeroInit(slot);
        return new(slot, host, obstacle, Activation(slot), shortcut, behind < _layers.Count ? behind : null)
        {
            ZeroInit = zeroInit,
            HostEndsBranch = host < slot && zeroInit is { } end && EndsBranch(host.Value, slot, _layers[end]["From"]?.Text),
        };
    }

    /// <summary>The shortcut that wants its branch to start at zero, with nothing between that would not keep it so.</summary>
    private int? ZeroInit(int slot)
    {
        for (var place = slot + 1; place < _layers.Count; place++)
        {
            if (_layers[place].Attribute == "Shortcut")
                return ZeroScaleCode.IsWanted(_layers[place]) ? place : null;
            if (!KeepsZero(_layers[place]))
                return null;
        }
        return null;
    }

    /// <summary>Whether zeros of a host reach the slot, and the branch does not begin between them.</summary>
    private bool EndsBranch(int host, int slot, string? source) =>
        Enumerable.Range(host + 1, slot - host - 1).Select(place => _layers[place]).All(
            layer => layer.Attribute == "Label" ? source is null || layer["Label"]?.Text != source : KeepsZero(layer));

    /// <summary>The root of an LPPool has no gradient at zero.</summary>
    private static bool KeepsZero(LayerDeclaration layer) => layer.Attribute is not ("LPPool1d" or "LPPool2d")
        && LayerCatalogue.Find(layer.Attribute) is LabelLayer or DropoutLayer or StochasticDepthLayer or SqueezeExciteKind
            or LayerScaleKind or MultiplyLayer or PoolingLayer or AdaptivePoolLayer or GlobalPoolLayer;

    private LayerDeclaration? Directly(int index) => index < _layers.Count ? _layers[index] : null;

    /// <summary>The nearest weight layer before the slot that no earlier slot has, else the first after it.</summary>
    private (int? Host, string? Obstacle) Host(int slot)
    {
        var before = Nearest(Enumerable.Range(0, slot).Reverse());
        var found = before.Host is null && before.Obstacle is null
            ? Nearest(Enumerable.Range(slot + 1, _layers.Count - slot - 1))
            : before;
        if (found.Host is { } host)
            _hosts.Add(host);
        return found;
    }

    private (int? Host, string? Obstacle) Nearest(IEnumerable<int> places)
    {
        foreach (var place in places.Where(place => !_hosts.Contains(place)))
        {
            var layer = _layers[place];
            if (layer.Attribute is "SelfAttention" or "Bilinear" or "Embedding")
                return (null, layer.Attribute);
            if (layer["Tied"] is not null)
                return (null, $"tied {layer.Attribute}");
            if (LayerCatalogue.Find(layer.Attribute) is ConvolutionLayer or TransposedConvolutionLayer or LinearLayer)
                return (place, null);
        }
        return (null, null);
    }

    /// <summary>The activation behind the slot, with nothing between that would make it another layer's.</summary>
    private int? Activation(int slot)
    {
        for (var place = slot + 1; place < _layers.Count; place++)
        {
            if (LayerCatalogue.Find(_layers[place].Attribute) is NonlinearityLayer)
                return place;
            if (!IsPassed(_layers[place]))
                return null;
        }
        return null;
    }

    private static bool IsPassed(LayerDeclaration layer) => LayerCatalogue.Find(layer.Attribute)
        is LabelLayer or ShortcutLayer or DropoutLayer or StochasticDepthLayer or SqueezeExciteKind or LayerScaleKind
        or MultiplyLayer;

    /// <summary>Whether a shortcut adds its source to what flows, and no more.</summary>
    private static bool IsPlain(LayerDeclaration shortcut) =>
        shortcut.When is null && shortcut["Scale"] is null && shortcut["InputScale"] is null;
}
