namespace ModelDsl.Definition;

/// <summary>What can be wrong with a normalization in its place.</summary>
internal static class NormalizationChecks
{
    private const string OfItsOwn = "a variant that stands for itself, such as [GroupNorm] or [LayerNorm]";

    /// <summary>Whether the slot, or the class for it, says what can be meant.</summary>
    public static bool IsMeant(StageFlow flow, LayerDeclaration layer)
    {
        if (layer.Unfit is { } unfit)
            flow.Report(Rules.NormalizationIsNoModule, flow.Anchor, NormalizationSlot.ShortName(layer), unfit);
        else if (NormalizationOptions.Check(layer, flow.Anchor, isLayer: true).FirstOrDefault() is { } wrong)
            flow.Report(wrong.Rule, wrong.Anchor, wrong.Arguments.ToArray());
        else if ((flow.Model.Declaration.Variant ?? flow.Model.Declaration.AssemblyVariant) is { } variant
            && (variant.Unfit is not null || NormalizationOptions.Check(variant, Anchor.Class, isLayer: false).Any()))
            // Said at the class.
            flow.Stop();
        return !flow.HasFailed;
    }

    /// <summary>Whether the variant is defined for what flows, else a finding.</summary>
    public static bool Fits(StageFlow flow, LayerDeclaration layer, NormalizationChoice choice)
    {
        var isDefined = flow.Shape!.IsOpen ? IsDefinedOnLastAxis(choice) : choice.IsOpen || IsDefined(flow, choice);
        if (!isDefined)
            NormalizationMisfit.Report(flow, layer, choice);
        return isDefined;
    }

    /// <summary>Whether the channels divide into the groups, as far as both are known, else a finding.</summary>
    public static bool Divides(StageFlow flow, NormalizationChoice choice, Size? channels)
    {
        if (choice.IsOpen || channels?.Value is not { } count || count % choice.Divisor == 0)
            return true;
        flow.Report(Rules.GroupsDoNotDivide, flow.Anchor, $"{count}", choice.GroupText, Divisors.Of(count));
        return false;
    }

    /// <summary>Whether the layers are there that the variant changes, else a finding.</summary>
    public static bool CanStand(StageFlow flow, NormalizationPlacement placement)
    {
        var (unit, choice) = (placement.Unit, placement.Choice);
        if (choice.IsOpen)
            return true;
        if (choice.Kind.IsParametric() && !HasHost(flow, unit, choice))
            return false;
        if (choice.Kind.IsActivation() && unit.Activation is null)
            flow.Report(Rules.NormalizationWithoutActivation, flow.Anchor, choice.Name);
        else if (flow.At(unit.Slot) is { Attribute: "NoNorm", When: not null })
            flow.Report(Rules.OptionWithoutEffect, flow.Anchor with { Argument = "When" },
                "When", "[NoNorm]", "there is no layer");
        else if (Conditional(flow, placement) is { } place)
            flow.Report(
                Rules.ConditionalNormalization,
                new(flow.StageIndex, place, "When"),
                choice.Name,
                place == unit.Slot ? "the slot" : flow.At(place)!.Attribute,
                OfItsOwn);
        return !flow.HasFailed;
    }

    /// <summary>Whether there is a weight for a parametric variant, else a finding.</summary>
    public static bool HasHost(StageFlow flow, NormalizationUnit unit, NormalizationChoice choice)
    {
        if (unit.Host is not null)
            return true;
        var found = unit.Obstacle is { } obstacle
            ? $"the nearest layer with one is {obstacle}, whose weights can't be"
            : $"'{flow.Stage.Name}' has none that is free";
        flow.Report(Rules.NormalizationWithoutHost, flow.Anchor, choice.Name, found, OfItsOwn);
        return false;
    }

    /// <summary>Where the layer of a unit stands that is changed and has a condition; null where there is none.</summary>
    private static int? Conditional(StageFlow flow, NormalizationPlacement placement)
    {
        var (kind, unit) = (placement.Choice.Kind, placement.Unit);
        var takesActivation = kind.IsActivation() || placement.Role == ActivationRole.Thresholded;
        if ((takesActivation || kind.IsParametric()) && flow.At(unit.Slot)!.When is not null)
            return unit.Slot;
        return takesActivation && flow.At(unit.Activation) is { When: not null } ? unit.Activation : null;
    }

    private static bool IsDefinedOnLastAxis(NormalizationChoice choice) => !choice.IsOpen && choice.Kind switch
    {
        NormalizationKind.Layer => choice.Over is LayerNormOver.Default or LayerNormOver.Channels,
        NormalizationKind.RMS => true,
        _ => choice.Kind.LeavesSlotEmpty(),
    };

    private static bool IsDefined(StageFlow flow, NormalizationChoice choice)
    {
        var rank = flow.Shape!.Rank;
        return choice.Kind switch
        {
            NormalizationKind.Batch or NormalizationKind.Variance =>
                rank == 2 || (flow.IsFeatureMap && rank <= FeatureMaps.LargestRank),
            NormalizationKind.Instance => flow.IsFeatureMap && rank <= FeatureMaps.LargestRank,
            NormalizationKind.Layer when choice.Over == LayerNormOver.ChannelsAndPositions => flow.IsFeatureMap,
            NormalizationKind.Layer when choice.Over == LayerNormOver.LastAxes => choice.Axes < rank,
            NormalizationKind.Group or NormalizationKind.FilterResponse => flow.IsFeatureMap,
            _ => !choice.Kind.IsActivation() || flow.IsFeatureMap,
        };
    }
}
