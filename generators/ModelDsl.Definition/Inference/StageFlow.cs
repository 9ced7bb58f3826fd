using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>The tensor that flows through a stage, and what its layers leave behind.</summary>
public sealed partial class StageFlow
{
    private readonly StageNames _names;
    private readonly ImmutableArray<LayerRow>.Builder _rows = ImmutableArray.CreateBuilder<LayerRow>();
    private int _layer;

    internal StageFlow(ModelScope model, int stage, FlowShape input)
    {
        (Model, Stage, StageIndex) = (model, model.Declaration.Stages[stage], stage);
        (InputFlow, Shape, ChannelAxis) = (input, input.Shape, input.ChannelAxis);
        _names = new(Stage);
        Units = NormalizationUnits.Of(Stage.Layers);
    }

    /// <summary>The shape that entered the stage.</summary>
    public Shape? Input => InputFlow.Shape;

    /// <summary>What its caller passes; null where nobody calls it.</summary>
    internal FlowShape? Given { get; init; }

    /// <summary>What was inferred of the stage's first call, where this is a later one: it has the same layers.</summary>
    internal StageFlow? First { get; init; }

    /// <summary>What is known of the tensor that entered the stage.</summary>
    public FlowShape InputFlow { get; }

    /// <summary>The shape of what flows now; null where not even the rank is known.</summary>
    public Shape? Shape { get; private set; }

    /// <summary>The axis of the channels; null where it isn't known.</summary>
    public int? ChannelAxis { get; private set; }

    /// <summary>The product of all strides since the stage's input.</summary>
    public AxisSizes Strides { get; private set; } = AxisSizes.One;

    /// <summary>Whether a layer could not be placed; what follows it can't be judged.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Model and stage, for messages at run time.</summary>
    public string Site => $"{Model.Declaration.Name}.{Stage.Name}";

    /// <summary>Whether what flows is feature maps: channels at axis 1, positions behind them.</summary>
    public bool IsFeatureMap => Shape is { Rank: >= 3 } && ChannelAxis == 1;

    public Anchor Anchor => new(StageIndex, _layer);

    internal ModelScope Model { get; }

    internal StageDeclaration Stage { get; }

    internal List<Operation> Operations { get; } = [];

    /// <summary>
    /// What a caller calls that gives up the input; null where the stage needs that to its end, and where an override may.
    /// </summary>
    internal Taker? Taker => HasFailed || Stage.CanBeOverridden ? null : new InputUse(Operations).Taker;

    /// <summary>The layers as a signal passes them.</summary>
    internal List<PathStep> Path { get; } = [];

    /// <summary>What each label of the stage names.</summary>
    internal Dictionary<string, LabelledPoint> Labels { get; } = [];

    /// <summary>What is known of the tensors that the stage takes beside the one that flows.</summary>
    internal Dictionary<string, FlowShape> ContextShapes { get; } = [];

    internal List<Finding> Findings { get; } = [];

    /// <summary>The sizes that were written and that only the constructor's arguments decide.</summary>
    internal List<StatedSize> StatedSizes { get; } = [];

    internal FlowShape Flow => new(Shape, ChannelAxis);

    internal EquatableArray<LayerRow> Rows => _rows.ToImmutable();

    internal int StageIndex { get; }

    private LayerDeclaration Layer => Stage.Layers[_layer];

    internal void Run()
    {
        for (_layer = 0; _layer < Stage.Layers.Count && !HasFailed; _layer++)
        {
            if (LayerCatalogue.Find(Layer.Attribute) is not { } kind)
                HasFailed = true;
            else if (Shape is { IsOpen: true } && !kind.TakesLeadingAxes)
                Report(Rules.LayerDoesNotFit, Anchor, Layer.Attribute,
                    "a known number of axes", $"{Shape}", "name every axis in [Shape]");
            else
                Place(kind);
        }
    }

    private void Place(LayerKind kind)
    {
        if (Layer.Arguments.FirstOrDefault(argument => argument.Members is not null) is { } unknown)
        {
            Report(Rules.NotAMember, Anchor with { Argument = unknown.Name },
                unknown.Word!, unknown.Name, Layer.Attribute, unknown.Members!);
            return;
        }
        var before = Fields.Count;
        if (Layer.When is { } when)
            OptionalLayer.Place(this, kind, Layer, when);
        else
            kind.Place(this, Layer);
        // Whether a shortcut has a layer may be up to the constructor's arguments, and that of a slot is up to its variant.
        if (Layer.Name is not null && !HasFailed && kind is not (ShortcutLayer or NormalizationSlot)
            && Fields.Skip(before).All(field => field.Kind == FieldKind.Value))
            Report(Rules.OptionWithoutEffect, Anchor with { Argument = "Name" }, "Name", Layer.Attribute,
                "it has no entry in the state dict");
    }

    /// <summary>The strides since the input and since every label.</summary>
    internal StrideDistances Distances() => new(Strides, Labels.ToDictionary(label => label.Key, label => label.Value.Strides));

    /// <summary>Combines the strides that there were with those that there are now.</summary>
    internal void SetDistances(StrideDistances before, Func<AxisSizes, AxisSizes, AxisSizes> combine)
    {
        Strides = combine(before.SinceInput, Strides);
        foreach (var label in before.SinceLabels)
            Labels[label.Key] = Labels[label.Key] with { Strides = combine(label.Value, Labels[label.Key].Strides) };
    }

    /// <summary>Multiplies the strides since the input, and since every label: a shortcut's projection must match them.</summary>
    internal void MultiplyStrides(Func<AxisSizes, AxisSizes> multiply)
    {
        Strides = multiply(Strides);
        foreach (var label in Labels.Keys.ToList())
            Labels[label] = Labels[label] with { Strides = multiply(Labels[label].Strides) };
    }

    /// <summary>
    /// What the stage can pass to something that needs a context: that of the type, and of the name where two fit or where a
    /// tensor may be left out; null where there is none.
    /// </summary>
    internal ContextDeclaration? Context(ContextDeclaration wanted)
    {
        // What may be left out is not for any tensor that happens to be there.
        var needsName = wanted is { IsTensor: true, Default: not null };
        var fitting = Stage.Contexts
            .Where(context => wanted.Accepts(context) && (!needsName || context.Name == wanted.Name))
            .ToList();
        return fitting.Count == 1 ? fitting[0] : fitting.FirstOrDefault(context => context.Name == wanted.Name);
    }

    /// <summary>The arguments behind the tensor that flows for a method with contexts of its own; null after a finding.</summary>
    internal IReadOnlyList<string>? ContextArguments(string callee, IEnumerable<ContextDeclaration> wanted)
    {
        var arguments = new List<string>();
        foreach (var context in wanted)
        {
            if (Context(context) is { } given)
                arguments.Add(given.Code);
            else if (context.Default is { } value)
                arguments.Add(value);
            else
            {
                var missing = $"{TorchNames.ShortName(context.Type)} {context.Name}";
                Report(Rules.ContextMissing, Anchor, callee, missing, Stage.Name);
                return null;
            }
        }
        return arguments;
    }

    /// <summary>Ends the stage.</summary>
    internal void Stop() => HasFailed = true;

    /// <summary>Reports a finding; a declaration error ends the stage.</summary>
    internal void Report(Rule rule, Anchor anchor, params string[] arguments) => ReportRelated(rule, anchor, null, arguments);

    /// <summary>Reports a finding that was made elsewhere.</summary>
    internal void Report(Finding finding)
    {
        Findings.Add(finding);
        HasFailed |= finding.Rule.IsDeclarationError;
    }

    /// <summary>As above, where two declarations disagree: the other one.</summary>
    internal void ReportRelated(Rule rule, Anchor anchor, Anchor? related, params string[] arguments)
    {
        if (rule == Rules.ShapeMissing)
            arguments = [MissingInput.NameOf(this), arguments[1], MissingInput.Remedy(this)];
        if (rule == Rules.NotASize)
            arguments = [arguments[0], SizeProblem.Of(Model.Declaration, arguments[0])];
        Findings.Add(new(rule, anchor, arguments.ToEquatableArray()) { Related = related });
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
        var size = written is { Word: null, Number: { } number } ? SizeExpression.Of(number)
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
        if (size?.Value is { } value && value.Value is null)
        {
            var anchor = Anchor with { Argument = argument };
            StatedSizes.Add(new(anchor, argument, Layer.Attribute, value, minimum, Remainder(argument, size)));
        }
        return size;
    }

    /// <summary>A remainder of the number of blocks would be rounded away.</summary>
    private Size? Remainder(string argument, SizeExpression size) =>
        argument == "Repeat" && size is { Dividend: { } dividend, Divisor: { } divisor }
            ? SizeParser.Parse($"({dividend}) % ({divisor})", Model.Sizes, out _)?.Value
            : null;

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

    /// <summary>Adds what the layer does, and the shape and channel axis that come out.</summary>
    internal void Add(Operation operation, FieldDefinition? field, int? channelAxis, string note = "", string? subject = null)
    {
        Operations.Add(operation);
        Held = null;
        (Shape, ChannelAxis) = (operation.Shape, channelAxis);
        if (operation.Label is null)
            AddRow(subject ?? Subject(operation), field, note);
        else
            LabelRow();
    }

    /// <summary>What a note of a layer speaks of.</summary>
    private static string Subject(Operation operation) =>
        operation.Sides.Count > 0 ? operation.Sides[0].Local : operation.Local;

    private void AddRow(string subject, FieldDefinition? field, string note)
    {
        _rows.Add(new(
            field is { Kind: not FieldKind.Value } ? field.StateName : "",
            Layer.Attribute,
            Shape?.ToString() ?? "?",
            note.Length == 0 ? "" : $"{subject}: {note}"));
        _names.Count(Layer);
    }

    /// <summary>Notes that what the last layer gives is needed once more.</summary>
    private void LabelRow()
    {
        if (_rows.Count > 0)
            _rows[_rows.Count - 1] = _rows[_rows.Count - 1] with { IsLabelled = true };
    }

    /// <summary>Replaces the operation of a layer that may be left out, and what flows behind it.</summary>
    internal void Amend(Operation operation, FlowShape flow)
    {
        Operations[Operations.Count - 1] = operation;
        (Shape, ChannelAxis) = (flow.Shape, flow.ChannelAxis);
        var row = _rows[_rows.Count - 1];
        _rows[_rows.Count - 1] = row with { Shape = flow.Shape?.ToString() ?? "?" };
    }

    /// <summary>
    /// Whether a later call may run on the layers of the first: they are the same, or differ only in what isn't known.
    /// </summary>
    internal bool MayBe(StageFlow first)
    {
        var isSame = Fields.SequenceEqual(first.Fields)
            && Operations.Select(operation => operation.Expression)
                .SequenceEqual(first.Operations.Select(other => other.Expression));
        if (isSame || Input is not { } given || first.Input is not { } taken)
            return true;
        if (given.Rank != taken.Rank || InputFlow.ChannelAxis != first.InputFlow.ChannelAxis)
            return false;
        return InputFlow.ChannelAxis is not { } axis || given[axis] is not { } size || taken[axis] is not { } other
            || (size - other).Value is null or 0;
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
        var behind = Stage.Layers.Skip(_layer + 1).FirstOrDefault(layer => !PassesBias(layer));
        if (behind is null || !NormalizationSlot.IsSlot(behind))
            return "";
        var choice = NormalizationResolver.Resolve(Model.Declaration, behind, IsFeatureMap);
        if (behind.When is not { } when || when == Layer.When)
            return choice.BiasArgument(name);
        // Where the normalization may be left out, so may only then the bias.
        return SizeParser.ParseCondition(when, Model.Sizes, out _) is { Code: var code } ? choice.BiasArgument(name, code) : "";
    }

    /// <summary>Whether what a weight layer adds reaches the layer behind as it is.</summary>
    private bool PassesBias(LayerDeclaration layer) => layer.Attribute == "Label"
        || (NormalizationSlot.IsSlot(layer) && NormalizationResolver.LeavesEmpty(Model.Declaration, layer));

    private SizeExpression? Parse(string argument, string text)
    {
        var size = SizeParser.Parse(text, Model.Sizes, out var errors);
        Report(errors, Anchor with { Argument = argument }, text, Model.Sizes);
        return size;
    }

    private SizeExpression? NotASize(string argument, ArgumentDeclaration written)
    {
        var found = written.Word ?? written.Real?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? argument;
        Report(Rules.NotASize, Anchor with { Argument = argument }, found);
        return null;
    }
}
