namespace ModelDsl.Definition;

/// <content>What the choice at a slot for a normalization does to the layers around it.</content>
public sealed partial class StageFlow
{
    private readonly List<NormalizationPlacement> _placements = [];

    /// <summary>The slots for normalizations, with the layers that their choices may change.</summary>
    internal IReadOnlyList<NormalizationUnit> Units { get; }

    /// <summary>How many values the normalizations take their statistics of, as far as that is known.</summary>
    internal List<StatisticSize> StatisticSizes { get; } = [];

    /// <summary>The call of a normalization that the next layer completes; null where there is none.</summary>
    internal Operation? Held { get; private set; }

    /// <summary>The unit of the slot that is placed.</summary>
    internal NormalizationUnit Unit => Units.First(unit => unit.Slot == _layer);

    /// <summary>What was decided at the slot that the activation which is placed belongs to; null where there is none.</summary>
    internal NormalizationPlacement? Normalization =>
        _placements.FirstOrDefault(placement => placement.Unit.Activation == _layer);

    /// <summary>What was decided at a slot; null where nothing was.</summary>
    internal NormalizationPlacement? PlacementAt(int slot) =>
        _placements.FirstOrDefault(placement => placement.Unit.Slot == slot);

    /// <summary>What was decided at the slot directly before the shortcut that is placed, where it adds as well.</summary>
    internal NormalizationPlacement? Adding =>
        _placements.FirstOrDefault(placement => placement.Unit.Shortcut == _layer && placement.AddsShortcut);

    /// <summary>The layer that an activation or host of a unit is.</summary>
    internal LayerDeclaration? At(int? place) => place is { } index ? Stage.Layers[index] : null;

    /// <summary>Remembers what was decided at a slot.</summary>
    internal void Decide(NormalizationPlacement placement) => _placements.Add(placement);

    /// <summary>Adds a layer whose operation the next one completes.</summary>
    internal void Hold(Operation operation, FieldDefinition? field, string note = "")
    {
        Held = operation;
        AddRow(Subject(operation), field, note);
    }

    /// <summary>Adds a layer that does nothing in its place.</summary>
    internal void Pass(string local, FieldDefinition? field, string note) => AddRow(local, field, note);

    /// <summary>Adds a module that the object in another field owns.</summary>
    internal void AddOwned(FieldDefinition owner, string property, string kind)
    {
        var name = _names.State(_names.Layer(kind), Layer, _layer);
        Keep(new($"{owner.Name}.{property}", name, TorchNames.AnyLayer, "", IsOptional: true) { Kind = FieldKind.Owned },
            absentWhen: null);
    }

    /// <summary>
    /// Adds a field for this layer, whose weight is normalized where it is the host of a slot for a normalization that does so.
    /// </summary>
    internal FieldDefinition AddWeightField(string kind, string type, string initializer)
    {
        if (Units.FirstOrDefault(unit => unit.Host == _layer) is not { } unit)
            return AddField(kind, type, initializer);
        // Weight and bias are those of the layer round the declared one: that is what is initialised.
        var (ownType, ownInitializer) = HostedWeight.Around(this, unit, type, initializer);
        var field = AddField(kind, ownType, ownInitializer);
        return Fields[Fields.Count - 1] = HostedWeight.WithGain(this, unit, field);
    }

    /// <summary>Why the weight of this layer is not the one that was declared, for the hover text; empty where it is.</summary>
    internal string WeightNote() => Units.FirstOrDefault(unit => unit.Host == _layer) is { } unit
        ? HostedWeight.Note(this, unit)
        : "";
}
