using System.Globalization;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>
/// How deep each layer of a model stands: the stages in order of declaration, each repeated block a depth of its own, what
/// stands before or after the blocks of a stage another.
/// </summary>
internal sealed class LayerDepths
{
    private readonly List<(string Name, int Depth)> _layers = [];
    private readonly nn.Module _model;
    private readonly Dictionary<string, nn.Module> _modules = [];
    private bool _isOpen;

    private LayerDepths(nn.Module model)
    {
        _model = model;
        foreach (var node in ModuleTree.Of(model))
            _modules.TryAdd(node.Name, node.Module);
    }

    /// <summary>The number of depths, 1 or more.</summary>
    public int Count { get; private set; }

    /// <summary>The depths of a model's layers.</summary>
    public static LayerDepths Of<TModel>(TModel model)
        where TModel : nn.Module, IModel
    {
        var depths = new LayerDepths(model);
        foreach (var stage in model.DescribeStages())
        {
            depths._isOpen = false;
            foreach (var layer in stage.Layers)
                depths.Add(layer);
        }
        depths.Count = Math.Max(1, depths.Count);
        return depths;
    }

    /// <summary>
    /// The depth of a parameter, from 0. What belongs to no stage: parameters of the model's own (position embeddings, class
    /// tokens) stand first, layers (heads that a hand-written <c>forward</c> calls) last.
    /// </summary>
    public int this[string parameter]
    {
        get
        {
            foreach (var (name, depth) in _layers)
            {
                if (parameter == name || parameter.StartsWith(name + ".", StringComparison.Ordinal))
                    return depth;
            }
            return _model.named_parameters(recurse: false).Any(own => own.name == parameter) ? 0 : Count - 1;
        }
    }

    private void Add(LayerDescription layer)
    {
        if (layer.Name.Length == 0)
            return;
        var blocks = Blocks(layer);
        if (blocks.Count > 0)
        {
            foreach (var block in blocks)
                _layers.Add((block, Count++));
            _isOpen = false;
            return;
        }
        if (!_isOpen)
            Count++;
        _isOpen = true;
        _layers.Add((layer.Name, Count - 1));
    }

    /// <summary>The names of repeated blocks; none for any other layer.</summary>
    private List<string> Blocks(LayerDescription layer)
    {
        if (!layer.IsIndexed && _modules.GetValueOrDefault(layer.Name) is not ModuleLevel)
            return [];
        return
        [
            .. Enumerable.Range(0, int.MaxValue)
                .Select(index => layer.IsIndexed ? layer.NameOf(index) : FormattableString.Invariant($"{layer.Name}.{index}"))
                .TakeWhile(_modules.ContainsKey),
        ];
    }
}
