namespace ModelDsl.Definition;

/// <summary>A normalization: <c>[Norm]</c>, or a variant in its place.</summary>
public sealed class NormalizationSlot(string attribute) : LayerKind
{
    private const string OpenType = "global::ModelDsl.OpenNormalization";

    public override string Attribute { get; } = attribute;

    public override string Kind => "norm";

    public override bool TakesLeadingAxes => true;

    public static bool IsSlot(LayerDeclaration layer) => LayerCatalogue.Find(layer.Attribute) is NormalizationSlot;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (flow.Shape is null || flow.ChannelAxis is not { } axis)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
            return;
        }
        if (!NormalizationChecks.IsMeant(flow, layer))
            return;
        var choice = NormalizationResolver.Resolve(flow.Model.Declaration, layer, flow.IsFeatureMap);
        if (!NormalizationChecks.Fits(flow, layer, choice)
            || NormalizedShape.Of(flow, choice, axis) is not { } shape
            || !NormalizationChecks.Divides(flow, choice, flow.Shape[axis]))
            return;
        if (StatisticSize.Of(flow.Anchor, choice, flow.Shape, axis) is { } size)
            flow.StatisticSizes.Add(size);
        if (flow.Stage.Property is null)
            PlaceUnit(flow, choice, shape);
        else
            PlaceProperty(flow, choice, shape);
    }

    /// <summary>The module of a property, whose surroundings the author writes.</summary>
    private void PlaceProperty(StageFlow flow, NormalizationChoice choice, NormalizedShape shape)
    {
        if (!choice.IsOpen && choice.Kind.IsParametric())
        {
            NormalizationChecks.HasHost(flow, flow.Unit, choice);
            return;
        }
        if (choice is { IsOpen: false, Kind: NormalizationKind.None })
        {
            var identity = flow.AddField(Kind, $"{TorchNames.Modules}.Identity", $"{TorchNames.Functions}.Identity()");
            AddProperty(flow, identity, choice);
            return;
        }
        var (type, initializer) = choice.IsOpen
            ? NormalizationLayerCode.Open(choice, shape)
            : NormalizationLayerCode.Closed(choice, shape);
        var field = flow.AddField(Kind, type, initializer);
        if (choice.IsOpen || choice.Kind == NormalizationKind.Custom)
            flow.TagAsNormalization();
        AddProperty(flow, field, choice);
    }

    private void AddProperty(StageFlow flow, FieldDefinition field, NormalizationChoice choice) =>
        flow.Add(new(flow.Local(Kind), $"{field.Name}.call({{0}})", flow.Shape), field, flow.ChannelAxis, choice.Explanation);

    private void PlaceUnit(StageFlow flow, NormalizationChoice choice, NormalizedShape shape)
    {
        var activation = HostedWeight.Activation(flow, flow.Unit);
        if (flow.HasFailed)
            return;
        var placement = new NormalizationDecision(flow, flow.Unit, choice, activation).Placement;
        if (!NormalizationChecks.CanStand(flow, placement))
            return;
        flow.Path.Add(new(PathStepKind.Normalization, flow.Anchor, flow.Shape![shape.Axis], choice));
        if (placement.IsOpen)
            PlaceOpen(flow, placement, shape, activation);
        else if (choice.Kind.LeavesSlotEmpty())
        {
            flow.Decide(placement);
            flow.Pass(flow.Local(Kind), null, choice.Explanation);
        }
        else
            PlaceClosed(flow, placement, shape, activation);
    }

    private void PlaceClosed(
        StageFlow flow, NormalizationPlacement placement, NormalizedShape shape, ActivationChoice? activation)
    {
        var choice = placement.Choice;
        var isApplied = placement.Role == ActivationRole.Fused && !placement.IsThresholded;
        var (type, initializer) = NormalizationLayerCode.Closed(
            choice, shape, isApplied ? activation!.Code : null, placement.IsThresholded);
        var field = flow.AddField(Kind, type, ZeroScaleCode.Around(flow, placement.Unit, type, initializer));
        if (choice.Kind == NormalizationKind.Custom)
            flow.TagAsNormalization();
        flow.Decide(placement with { Field = field });
        if (placement.Role == ActivationRole.Called)
            flow.Pass(flow.Local(Kind), field, choice.Explanation);
        else
            AddCall(flow, placement, field, choice.Kind == NormalizationKind.Custom
                // A module of the author's own may return its input, which the body frees on its own.
                ? $"global::ModelDsl.HandWrittenBlock.Call({field.Name}, {{0}})"
                : $"{field.Name}.call({{0}})");
    }

    /// <summary>What owns normalization and activation in every variant.</summary>
    private void PlaceOpen(
        StageFlow flow, NormalizationPlacement placement, NormalizedShape shape, ActivationChoice? activation)
    {
        List<string> arguments =
        [
            NormalizationLayerCode.Choice(flow, placement.Unit, placement.Choice), NormalizationLayerCode.Site(shape),
        ];
        if (activation is not null)
            arguments.Add(NormalizationLayerCode.Activation(flow, placement.Unit, activation));
        if (placement.Role == ActivationRole.Decided)
            arguments.Add("separate: true");
        if (activation is null && NormalizationLayerCode.IsThresholdedAlone(flow.Stage, placement.Unit))
            arguments.Add("thresholded: true");
        if (placement.Unit.Host is null)
            arguments.Add("hosted: false");
        arguments.AddRange(ZeroScaleCode.Argument(flow, placement.Unit));
        if (placement.Unit is { ZeroInit: not null, Host: not null, HostEndsBranch: false })
            arguments.Add("hostEndsBranch: false");
        var field = flow.AddField(Kind, OpenType, Initializer.CallOnFewLines("new", arguments));
        flow.Fields[flow.Fields.Count - 1] = field = field with { Kind = FieldKind.OpenNormalization };
        flow.Decide(placement with { Field = field });
        var method = placement.Role == ActivationRole.Decided ? "Normalize" : "call";
        AddCall(flow, placement, field, $"{field.Name}.{method}({{0}})");
    }

    private void AddCall(StageFlow flow, NormalizationPlacement placement, FieldDefinition field, string call)
    {
        // None at run time hands on what flows in, and of a module of the author's own nothing is known.
        var isUnknown = placement.IsOpen || placement.Choice.Kind == NormalizationKind.Custom;
        var operation = new Operation(flow.Local(Kind), call, flow.Shape)
        {
            OutputMayAliasInput = isUnknown,
            BackwardNeedsOutput = placement.Role == ActivationRole.Fused || placement.IsThresholded || isUnknown,
            HasOwnCondition = placement.IsOpen,
        };
        if (placement.IsHeld)
            flow.Hold(operation, field, placement.Choice.Explanation);
        else
            flow.Add(operation, field, flow.ChannelAxis, placement.Choice.Explanation);
    }

    /// <summary>The module of a normalization of one's own without its namespace.</summary>
    internal static string ShortName(LayerDeclaration layer) =>
        layer.Module is { } module ? TorchNames.ShortName(module) : layer.Attribute;
}
