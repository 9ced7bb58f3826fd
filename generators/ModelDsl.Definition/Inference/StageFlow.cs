using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>The tensor that flows through a stage, and what its layers leave behind.</summary>
public sealed class StageFlow
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly ImmutableArray<LayerRow>.Builder _rows = ImmutableArray.CreateBuilder<LayerRow>();
    private int _layer;

    internal StageFlow(ModelScope model, int stage, Shape? input)
    {
        (Model, Stage, StageIndex) = (model, model.Declaration.Stages[stage], stage);
        (Input, Shape) = (input, input);
        ChannelAxis = input is null ? null : input.Rank >= 4 ? 1 : input.Rank - 1;
        Prefix = Stage.Name == "forward" ? "" : Identifiers.ToSnakeCase(Stage.Name) + "_";
    }

    /// <summary>The shape that entered the stage.</summary>
    public Shape? Input { get; }

    /// <summary>The shape of what flows now; null where not even the rank is known.</summary>
    public Shape? Shape { get; private set; }

    /// <summary>The axis of the channels; null where it isn't known.</summary>
    public int? ChannelAxis { get; private set; }

    /// <summary>The product of all strides since the stage's input.</summary>
    public AxisSizes Strides { get; set; } = AxisSizes.One;

    /// <summary>Whether a layer could not be placed; what follows it can't be judged.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Model and stage, for messages at run time.</summary>
    public string Site => $"{Model.Declaration.Name}.{Stage.Name}";

    /// <summary>Whether what flows is feature maps: channels at axis 1, positions behind them.</summary>
    public bool IsFeatureMap => Shape is { Rank: >= 3 } && ChannelAxis == 1;

    /// <summary>The layer after the one that is placed; null at the end.</summary>
    public LayerDeclaration? Next => _layer + 1 < Stage.Layers.Count ? Stage.Layers[_layer + 1] : null;

    public Anchor Anchor => new(StageIndex, _layer);

    internal ModelScope Model { get; }

    internal StageDeclaration Stage { get; }

    internal List<Operation> Operations { get; } = [];

    /// <summary>The layers as a signal passes them.</summary>
    internal List<PathStep> Path { get; } = [];

    internal EquatableArray<LayerRow> Rows => _rows.ToImmutable();

    private int StageIndex { get; }

    private string Prefix { get; }

    private LayerDeclaration Layer => Stage.Layers[_layer];

    internal void Run()
    {
        for (_layer = 0; _layer < Stage.Layers.Count && !HasFailed; _layer++)
        {
            if (LayerCatalogue.Find(Layer.Attribute) is { } kind)
                kind.Place(this, Layer);
            else
                HasFailed = true;
        }
    }

    /// <summary>Ends the stage.</summary>
    internal void Stop() => HasFailed = true;

    /// <summary>Reports a finding; a declaration error ends the stage.</summary>
    internal void Report(Rule rule, Anchor anchor, params string[] arguments)
    {
        Model.Findings.Add(new(rule, anchor, arguments.ToEquatableArray()));
        HasFailed |= rule.IsDeclarationError;
    }

    /// <summary>
    /// The size that an argument states, checked to be at least <paramref name="minimum"/>; null after a finding.
    /// </summary>
    internal SizeExpression? Size(string argument, long minimum = 1)
    {
        var written = Layer[argument];
        if (written is null)
            return null;
        var size = written.Number is { } number ? SizeExpression.Of(number)
            : written.Text is { } text ? Parse(argument, text)
            : NotASize(argument, written);
        if (size?.Value?.Value < minimum)
        {
            Report(
                Rules.SizeNotPositive,
                Anchor with { Argument = argument },
                argument,
                Layer.Attribute,
                $"{size!.Value}",
                $"{minimum}");
            return null;
        }
        if (size is not null && minimum > 0)
            Model.CheckPositive(Stage.Name, size);
        return size;
    }

    /// <summary>The size that an argument states, or a default where it isn't written.</summary>
    internal SizeExpression? Size(string argument, SizeExpression otherwise, long minimum = 1) =>
        Layer[argument] is null ? otherwise : Size(argument, minimum);

    /// <summary>Reports what is wrong with a text, under its exact characters.</summary>
    internal void Report(IEnumerable<SizeError> errors, Anchor anchor, string text, SizeScope scope)
    {
        foreach (var error in errors)
        {
            var exact = anchor with { Start = error.Start, Length = error.Length };
            if (error.Kind == SizeErrorKind.UnboundName)
                Report(
                    Rules.UnboundName,
                    exact,
                    error.Name,
                    Model.Declaration.Name,
                    string.Join(", ", scope.Names.DefaultIfEmpty("none")));
            else
                Report(
                    Rules.NotASize,
                    exact,
                    text.Substring(
                        Math.Min(error.Start, text.Length),
                        Math.Max(0, Math.Min(error.Length, text.Length - error.Start))));
        }
    }

    /// <summary>The name of this layer's result in the body: <c>conv</c>, or <c>conv1</c> where the stage has several.</summary>
    internal string Local(string kind) => Local(kind, kind);

    /// <summary>The name of something else that this layer leaves in the body, numbered as the layer is.</summary>
    internal string Local(string kind, string wanted)
    {
        var name = Identifiers.ToCamelCase(wanted) + Number(kind);
        return name == Stage.Input ? name + "Result" : name;
    }

    /// <summary>Adds a field for this layer: stage and kind, numbered where the kind repeats in the stage.</summary>
    internal FieldDefinition AddField(string kind, string type, string initializer) =>
        AddNamedField(Prefix + kind + Number(kind), type, initializer);

    internal FieldDefinition AddNamedField(string name, string type, string initializer, bool isOptional = false)
    {
        var stateName = Model.StateName(name);
        var field = new FieldDefinition(Model.MemberName(stateName), stateName, type, initializer, isOptional);
        Model.Fields.Add(field);
        return field;
    }

    /// <summary>Adds what the layer does, and the shape and channel axis that come out.</summary>
    internal void Add(Operation operation, FieldDefinition? field, int? channelAxis, string note = "")
    {
        Operations.Add(operation);
        (Shape, ChannelAxis) = (operation.Shape, channelAxis);
        _rows.Add(new(
            field?.StateName ?? "",
            Layer.Attribute,
            operation.Shape?.ToString() ?? "?",
            note.Length == 0 ? "" : $"{operation.SideLocal ?? operation.Local}: {note}"));
        _numbers[KindOf(Layer)] = CountSoFar(KindOf(Layer)) + 1;
    }

    /// <summary>C# for a size that the constructor must know; a finding where it depends on a free axis.</summary>
    internal string? KnownSize(Size? size, int axis, string remedy)
    {
        if (size is null)
        {
            Report(Rules.SizeUnknown, Anchor, Layer.Attribute, $"{axis}", $"{Shape}", "?", remedy);
            return null;
        }
        if (size.Symbols().FirstOrDefault(symbol => !IsKnownWhenBuilt(symbol)) is not { } free)
            return size.ToString();
        Report(Rules.SizeUnknown, Anchor, Layer.Attribute, $"{axis}", $"{Shape}", free, remedy);
        return null;
    }

    /// <summary>Whether a symbol is a parameter of the constructor, or the index of a repeat.</summary>
    internal bool IsKnownWhenBuilt(string symbol) =>
        symbol == SizeNames.Index || Model.Declaration.Parameters.Any(parameter => parameter.Code == symbol);

    /// <summary>
    /// The <c>bias</c> argument of a weight layer: as written, else none before a normalization that subtracts each
    /// channel's mean; empty where the default, true, applies.
    /// </summary>
    internal string BiasArgument(string name)
    {
        if (Layer["Bias"]?.Number is { } written)
            return written == 0 ? $", {name}: false" : "";
        if (Next is not { } next || NormalizationSlot.IsSlot(next) is false)
            return "";
        var choice = NormalizationResolver.Resolve(Model.Declaration, next, IsFeatureMap);
        return choice.BiasArgument(name);
    }

    /// <summary>The name of a block: its stage, numbered where the stage has several.</summary>
    internal string BlockName()
    {
        var stage = Stage.Name == "forward" ? "block" : Identifiers.ToSnakeCase(Stage.Name);
        return Number("block") is { Length: > 0 } number ? $"{stage}_{number}" : stage;
    }

    /// <summary>The name of the stage's shortcut.</summary>
    internal string ShortcutName() => Prefix + "shortcut" + Number("shortcut");

    private string Number(string kind) =>
        Stage.Layers.Count(layer => KindOf(layer) == kind) > 1 ? $"{CountSoFar(kind) + 1}" : "";

    private int CountSoFar(string kind) => _numbers.TryGetValue(kind, out var count) ? count : 0;

    private static string KindOf(LayerDeclaration layer) => LayerCatalogue.Find(layer.Attribute)?.Kind ?? "";

    private SizeExpression? Parse(string argument, string text)
    {
        var size = SizeParser.Parse(text, Model.Sizes, out var errors);
        Report(errors, Anchor with { Argument = argument }, text, Model.Sizes);
        return size;
    }

    private SizeExpression? NotASize(string argument, ArgumentDeclaration written)
    {
        var found = written.Real?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? argument;
        Report(Rules.NotASize, Anchor with { Argument = argument }, found);
        return null;
    }
}
