namespace ModelDsl.Definition;

/// <summary>An activation, or the slot for one: every element on its own, the shape stays.</summary>
/// <param name="attribute">The attribute: <c>ReLU</c>, or <c>Activation</c> for the slot.</param>
/// <param name="kind">Its name in bodies.</param>
public sealed class NonlinearityLayer(string attribute, string kind) : LayerKind
{
    private const string Layers = "global::ModelDsl.ActivationLayers";

    public override string Attribute { get; } = attribute;

    public override string Kind { get; } = kind;

    public override bool TakesLeadingAxes => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (ActivationResolver.Resolve(flow, layer) is not { } choice)
            return;
        var isKnown = !choice.IsOpen && choice.Activation.IsRectifier;
        flow.Path.Add(new(isKnown ? PathStepKind.Activation : PathStepKind.Unknown, flow.Anchor));
        var note = Attribute == "Activation" ? choice.Explanation : "";
        if (flow.Normalization is { Role: not ActivationRole.Own } placement)
            NormalizedActivation.Place(flow, Kind, choice, placement, note);
        else if (choice.IsOpen)
            AddLayer(flow, TorchNames.AnyLayer, Open(flow, choice), note);
        else if (choice.Activation.LayerType is { } type)
            AddLayer(flow, $"global::ModelDsl.{type}", OwnLayer(flow, choice), note);
        else if (choice.IsLiteral)
            AddFunction(flow, choice, note);
        else
            AddLayer(flow, "global::ModelDsl.ActivationLayer", $"new({choice.Code})", note);
    }

    private void AddFunction(StageFlow flow, ActivationChoice choice, string note)
    {
        var activation = choice.Activation;
        var expression = choice.HasFlag ? activation.FlagExpression! : activation.Expression!;
        flow.Add(
            new(flow.Local(Kind), choice.Apply(expression), flow.Shape)
            {
                InPlace = choice.CanChangeInPlace ? choice.Apply(activation.InPlace!) : null,
                // What was changed in place may be all that the backward pass kept.
                BackwardNeedsOutput = activation.BackwardNeedsOutput || choice.CanChangeInPlace,
            },
            null,
            flow.ChannelAxis,
            note);
    }

    /// <summary>Nothing is known of what it does with its input: a caller's function may hand on memory of its own.</summary>
    private void AddLayer(StageFlow flow, string type, string? initializer, string note)
    {
        if (initializer is null)
            return;
        var field = flow.AddField(Kind, type, initializer);
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", flow.Shape)
                { OutputMayAliasInput = true, BackwardNeedsOutput = true },
            field,
            flow.ChannelAxis,
            note);
    }

    private string? OwnLayer(StageFlow flow, ActivationChoice choice)
    {
        var options = string.Join(", ", choice.Options.Select(option => option.Code));
        if (!choice.HasFlag)
            return $"new({options})";
        if (flow.Shape is null or { IsOpen: true } || flow.ChannelAxis is not { } axis)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
            return null;
        }
        return flow.KnownSize(flow.Shape[axis], axis, "give the axis a size in [Shape], or use one slope for all") is { } channels
            ? $"new({channels}, {axis}, {options})"
            : null;
    }

    /// <summary>The channels as far as the constructor knows them: most choices never ask.</summary>
    private static string Open(StageFlow flow, ActivationChoice choice)
    {
        var axis = flow.Shape is { IsOpen: false } ? flow.ChannelAxis ?? -1 : -1;
        var channels = axis >= 0 && flow.Shape![axis] is { } size && size.Symbols().All(flow.IsKnownWhenBuilt) ? $"{size}" : "0";
        return $"{Layers}.Open({choice.Code}, \"{flow.Site}\", {channels}, {axis})";
    }
}
