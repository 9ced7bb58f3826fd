namespace ModelDsl.Definition;

/// <summary>The names that the layers of one stage have in the state dict and in its body.</summary>
internal sealed class StageNames(StageDeclaration stage)
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<string, int> _kinds =
        stage.Layers.GroupBy(KindOf).ToDictionary(layers => layers.Key, layers => layers.Count());

    /// <summary>What a local must not hide: parameters, and the methods that the body calls.</summary>
    private readonly HashSet<string> _locals =
        [.. stage.Contexts.Select(context => context.Code), stage.Input ?? "", .. stage.Called.Select(Identifiers.Escape)];

    /// <summary>The names of layers' results, which a layer may ask for more than once.</summary>
    private readonly HashSet<string> _results = [];

    /// <summary>Without a level of its own, the layers of a stage are told apart by its name.</summary>
    private string Prefix => stage.IsForward || stage.Level is not null ? "" : Identifiers.ToSnakeCase(stage.Name) + "_";

    private string BlockStage => stage.IsForward ? "block" : Identifiers.ToSnakeCase(stage.Name);

    /// <summary>The name of this layer's result, numbered where the kind repeats in the stage.</summary>
    public string Local(string kind, string wanted)
    {
        var name = Identifiers.ToCamelCase(wanted) + Number(kind);
        while (_locals.Contains(name))
            name += "Result";
        _results.Add(name);
        return name;
    }

    /// <summary>A name that nothing else has in the body.</summary>
    public string FreeLocal(string wanted) => Free(char.ToLowerInvariant(wanted[0]) + wanted.Substring(1));

    private string Free(string wanted)
    {
        var name = wanted;
        while (_results.Contains(name) || !_locals.Add(Identifiers.Escape(name)))
            name += "Result";
        return Identifiers.Escape(name);
    }

    /// <summary>Stage and kind, numbered where the kind repeats in the stage; of a property its own name.</summary>
    public string Layer(string kind) =>
        stage.Property is not null ? Identifiers.ToSnakeCase(stage.Name) : Prefix + kind + Number(kind);

    /// <summary>What a layer holds beside its own entry: called as the layer is, with another kind.</summary>
    public string Part(string kind, LayerDeclaration layer) => Prefix + kind + Number(KindOf(layer));

    /// <summary>The name of such a part in the state dict: behind the layer's where that is said.</summary>
    public string PartState(string kind, LayerDeclaration layer, int position) =>
        layer.Name is null && !stage.IsNumbered
            ? Below(Part(kind, layer))
            : $"{State("", layer, position)}_{kind}";

    /// <summary>A block is called like its stage, numbered where the stage has several.</summary>
    public string Block()
    {
        if (stage.Property is not null)
            return Identifiers.ToSnakeCase(stage.Name);
        return Number("block") is { Length: > 0 } number ? $"{BlockStage}_{number}" : BlockStage;
    }

    /// <summary>The name in the state dict: as written, else as the language names it, below the stage's level.</summary>
    public string State(string name, LayerDeclaration layer, int position)
    {
        if (layer.Name is { } written)
            return Below(written);
        if (stage.IsNumbered)
            return Below($"{stage.Layers.Take(position).Count(before => before.Attribute != "Label")}");
        // A level is the name of the stage, and so of its only block.
        if (stage.Level is { } level && layer.Attribute == "Block")
            return Number("block") is { Length: > 0 } number ? $"{level}.block{number}" : level;
        return Below(name);
    }

    public void Count(LayerDeclaration layer) => _numbers[KindOf(layer)] = CountSoFar(KindOf(layer)) + 1;

    private string Below(string name) => stage.Level is { } level ? $"{level}.{name}" : name;

    private string Number(string kind) =>
        _kinds.TryGetValue(kind, out var count) && count > 1 ? $"{CountSoFar(kind) + 1}" : "";

    private int CountSoFar(string kind) => _numbers.TryGetValue(kind, out var count) ? count : 0;

    private static string KindOf(LayerDeclaration layer) => LayerCatalogue.Find(layer.Attribute)?.Kind ?? "";
}
