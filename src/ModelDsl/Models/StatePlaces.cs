using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A part of a model's state, given by names, beginnings of names, and stages.</summary>
internal sealed class StatePlaces
{
    private readonly IReadOnlyList<string> _names;

    private StatePlaces(IReadOnlyList<string> names) => _names = names;

    /// <summary>The part that some places make up; all of it where there are none.</summary>
    /// <exception cref="ArgumentException">There is no such place; the message lists the stages.</exception>
    public static StatePlaces Of<TModel>(TModel model, IReadOnlyList<string> places)
        where TModel : nn.Module, IModel
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(places);
        var known = ModuleTree.Of(model).Select(node => node.Name)
            .Concat(model.named_parameters().Select(entry => entry.name))
            .Concat(model.state_dict().Keys)
            .ToHashSet(StringComparer.Ordinal);
        return new(places.Count == 0 ? [""] : [.. places.SelectMany(place => Names(model, known, place))]);
    }

    /// <summary>As <see cref="Of{TModel}"/>, for places each of which must have parameters.</summary>
    /// <exception cref="ArgumentException">There is no such place, or it has no parameter of its own.</exception>
    public static StatePlaces OfParameters<TModel>(TModel model, IReadOnlyList<string> places)
        where TModel : nn.Module, IModel
    {
        var names = model.named_parameters().Select(entry => entry.name).ToList();
        foreach (var place in places)
        {
            if (!names.Any(Of(model, [place]).Contains))
                throw new ArgumentException(
                    $"{model.GetName()}: {place} has no parameter of its own; "
                        + "a tied weight goes by the name of what it is tied to.");
        }
        return Of(model, places);
    }

    /// <summary>Whether a name in the state dict belongs to it.</summary>
    public bool Contains(string name) => _names.Any(place => IsWithin(name, place));

    private static bool IsWithin(string name, string place) =>
        place.Length == 0
        || (name.StartsWith(place, StringComparison.Ordinal) && (name.Length == place.Length || name[place.Length] == '.'));

    private static IEnumerable<string> Names<TModel>(TModel model, HashSet<string> known, string place)
        where TModel : nn.Module, IModel
    {
        ArgumentException.ThrowIfNullOrEmpty(place);
        if (known.Contains(place))
            return [place];
        var dot = place.LastIndexOf('.');
        var path = dot < 0 ? "" : place[..(dot + 1)];
        var owner = dot < 0 ? model : ModuleTree.Of(model).FirstOrDefault(node => node.Name == place[..dot]).Module as IModel;
        var stage = owner?.DescribeStages().FirstOrDefault(stage => stage.Name == place[(dot + 1)..]);
        return stage is null
            ? throw new ArgumentException(
                $"{model.GetName()} has no {place}: neither is it a name in the state dict or the beginning of one, nor one of "
                    + $"the stages {string.Join(", ", model.DescribeStages().Select(other => other.Name))}.")
            : [.. stage.Layers.Where(layer => layer.Name.Length > 0).SelectMany(layer => Blocks(path, layer, known))];
    }

    /// <summary>The names of a layer, which are several where each index has its own.</summary>
    private static IEnumerable<string> Blocks(string path, LayerDescription layer, HashSet<string> known) =>
        layer.IsIndexed
            ? Enumerable.Range(0, int.MaxValue).Select(index => path + layer.NameOf(index)).TakeWhile(known.Contains)
            : [path + layer.Name];
}
