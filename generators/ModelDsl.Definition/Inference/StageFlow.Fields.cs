namespace ModelDsl.Definition;

/// <content>The fields that a stage's layers are held in, and their names.</content>
public sealed partial class StageFlow
{
    private readonly List<int> _fieldLayers = [];

    /// <summary>The layers, in order of registration.</summary>
    internal List<FieldDefinition> Fields { get; } = [];

    /// <summary>The name of this layer's result in the body: <c>conv</c>, or <c>conv1</c> where the stage has several.</summary>
    internal string Local(string kind) => Local(kind, kind);

    /// <summary>The name of something else that this layer leaves in the body, numbered as the layer is.</summary>
    internal string Local(string kind, string wanted) => _names.Local(kind, wanted);

    /// <summary>A name for a parameter of a lambda, which may hide locals but no context that it passes on.</summary>
    internal string LambdaParameter(string wanted) =>
        Stage.Contexts.Any(context => context.Code == wanted) ? wanted + "Item" : wanted;

    /// <summary>A name in the body for what a branch returns.</summary>
    internal string FreeLocal(string wanted) => _names.FreeLocal(wanted);

    /// <summary>Adds a field for this layer: stage and kind, numbered where the kind repeats in the stage.</summary>
    internal FieldDefinition AddField(string kind, string type, string initializer) =>
        AddNamedField(_names.Layer(kind), type, initializer);

    /// <summary>Adds a field for this layer under a name of its own.</summary>
    /// <param name="name">The name, unless the declaration has another.</param>
    /// <param name="type">The exact type.</param>
    /// <param name="initializer">How it is built.</param>
    /// <param name="absentWhen">Where there is none; null for a layer that always is.</param>
    internal FieldDefinition AddNamedField(string name, string type, string initializer, Condition? absentWhen = null)
    {
        var field = new FieldDefinition(FieldName(name), _names.State(name, Layer, _layer), type, initializer)
        {
            Kind = Layer.Name is { } written && written.Contains('{') ? FieldKind.NamedBlocks : FieldKind.Layer,
        };
        return Keep(field, absentWhen);
    }

    /// <summary>Adds a parameter of the model's own for this layer, named as a layer's field is.</summary>
    internal FieldDefinition AddParameterField(string kind, string initializer)
    {
        var name = _names.Layer(kind);
        var state = _names.State(name, Layer, _layer);
        return Keep(
            new(FieldName(name), state, $"{TorchNames.Modules}.Parameter", initializer) { Kind = FieldKind.Parameter },
            absentWhen: null);
    }

    /// <summary>Adds a parameter of the model's own that is a part of this layer.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="initializer">How it is built.</param>
    /// <param name="isAlone">Whether the layer has no other entry, so that the name in its declaration is the part's.</param>
    internal FieldDefinition AddPartField(string kind, string initializer, bool isAlone)
    {
        var name = _names.Part(kind, Layer);
        var state = isAlone && Layer.Name is not null
            ? _names.State(name, Layer, _layer)
            : _names.PartState(kind, Layer, _layer);
        return Keep(
            new(FieldName(name), state, $"{TorchNames.Modules}.Parameter", initializer) { Kind = FieldKind.Parameter },
            absentWhen: null);
    }

    /// <summary>Adds a field that the body calls but that is no part of the state dict.</summary>
    internal FieldDefinition AddValueField(string name, string type, string initializer, Condition? absentWhen) =>
        Keep(new(FieldName(name), "", type, initializer) { Kind = FieldKind.Value }, absentWhen);

    /// <summary>Marks the field that was added last as a normalization whose type does not say so.</summary>
    internal void TagAsNormalization() =>
        Fields[Fields.Count - 1] = Fields[Fields.Count - 1] with { Kind = FieldKind.Normalization };

    /// <summary>The name of a block: its stage, numbered where the stage has several.</summary>
    internal string BlockName() => _names.Block();

    /// <summary>The name of the stage's shortcut.</summary>
    internal string ShortcutName() => _names.Layer("shortcut");

    /// <summary>The layer that a field of the stage belongs to.</summary>
    internal int LayerOf(int field) => _fieldLayers[field];

    private FieldDefinition Keep(FieldDefinition field, Condition? absentWhen)
    {
        _fieldLayers.Add(_layer);
        var initialized = LayerCatalogue.Find(Layer.Attribute)!.HasWeight
            ? InitializationChoice.Apply(Model.Declaration, Stage, field)
            : field;
        if (absentWhen is not null)
            initialized = initialized with
            {
                Initializer = Initializer.Choice(absentWhen.Bare, "null", initialized.Initializer),
                IsOptional = true,
            };
        Fields.Add(initialized);
        if (First is null && Layer["Tied"]?.Text is { } tied)
            WeightTie.Add(this, Layer, initialized, tied);
        return initialized;
    }

    private string FieldName(string name) =>
        First is not null && Fields.Count < First.Fields.Count ? First.Fields[Fields.Count].Name : Model.MemberName(name);
}
