using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What declared stages say about the layers that stand directly before their normalizations.</summary>
internal sealed class DeclaredPairs
{
    private readonly Dictionary<nn.Module, nn.Module> _before = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<nn.Module> _labelled = new(ReferenceEqualityComparer.Instance);

    public DeclaredPairs(ModulePlaces places)
    {
        foreach (var module in places.Modules)
        {
            if (module is IModel model)
                Read(module, model);
        }
    }

    /// <summary>What runs directly before a layer in its stage, or null.</summary>
    public nn.Module? Before(nn.Module layer) => _before.GetValueOrDefault(layer);

    /// <summary>Whether a label keeps what comes out of a layer for later.</summary>
    public bool IsLabelled(nn.Module layer) => _labelled.Contains(layer);

    private void Read(nn.Module module, IModel model)
    {
        foreach (var stage in model.DescribeStages().Where(stage => !stage.IsProperty))
        {
            nn.Module? previous = null;
            foreach (var row in stage.Layers)
            {
                var layer = row.IsIndexed || row.Name.Length == 0 ? null : Find(module, row.Name);
                if (layer is not null && previous is not null)
                    _before[layer] = previous;
                if (layer is not null && row.IsLabelled)
                    _labelled.Add(layer);
                previous = layer;
            }
        }
    }

    /// <summary>The module of a name in the state dict, whose dots are levels.</summary>
    private static nn.Module? Find(nn.Module model, string name)
    {
        var module = model;
        foreach (var part in name.Split('.'))
            module = module?.named_children().FirstOrDefault(child => child.name == part).module;
        return module;
    }
}
