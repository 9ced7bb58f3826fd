namespace ModelDsl.Definition;

/// <summary>A branch that starts at zero, as the scale of the normalization at its end does.</summary>
internal static class ZeroScaleCode
{
    private const string Option = "ZeroInit";

    /// <summary>Whether a shortcut says so.</summary>
    public static bool IsWanted(LayerDeclaration shortcut) => shortcut[Option]?.Number == 1;

    /// <summary>The argument that says so, under a name; empty where nothing does.</summary>
    public static IEnumerable<string> Argument(StageFlow flow, NormalizationUnit unit) =>
        unit.ZeroInit is null ? [] : [$"zeroScale: {NormalizationLayerCode.Condition(flow, unit.ZeroInit.Value) ?? "true"}"];

    /// <summary>C# that builds a layer, so that its scale is zero where a shortcut says so.</summary>
    /// <param name="flow">The stage.</param>
    /// <param name="unit">The slot that the layer belongs to.</param>
    /// <param name="type">The layer's type.</param>
    /// <param name="initializer">C# that builds it.</param>
    public static string Around(StageFlow flow, NormalizationUnit unit, string type, string initializer)
    {
        if (unit.ZeroInit is not { } shortcut)
            return initializer;
        var built = initializer.StartsWith("new(", StringComparison.Ordinal)
            ? $"new {type}{initializer.Substring(3)}"
            : initializer;
        var condition = NormalizationLayerCode.Condition(flow, shortcut) is { } code ? new[] { code } : [];
        return Initializer.CallOnFewLines("global::ModelDsl.ZeroScale.Apply", [built, .. condition]);
    }

    /// <summary>Whether the branch of the shortcut that is placed can start at zero if it is to, else a finding.</summary>
    /// <param name="flow">The stage.</param>
    /// <param name="layer">The shortcut.</param>
    /// <param name="source">What is added.</param>
    /// <param name="scale">How the paths are weighed.</param>
    public static bool Check(StageFlow flow, LayerDeclaration layer, ShortcutSource source, ShortcutScale scale)
    {
        if (!IsWanted(layer))
            return true;
        var anchor = flow.Anchor with { Argument = Option };
        var unit = flow.Units.FirstOrDefault(candidate => candidate.ZeroInit == flow.Anchor.Layer);
        if (scale is { IsLearned: true, Branch.Value: 0 })
            flow.Report(Rules.OptionsDoNotGoTogether, anchor,
                "ZeroInit and a SkipInit that starts at 0 cut the branch off for good, "
                    + "as each waits for the other to leave 0: remove one");
        else if (unit is null || unit.Slot < SourcePlace(flow, source))
            flow.Report(Rules.NothingToStartAtZero, anchor,
                $"the branch ends with [{Last(flow)}]", "put Norm directly before the Shortcut, or");
        else if (IsMissing(flow, layer, flow.At(unit.Slot)!))
            flow.Report(Rules.NothingToStartAtZero, anchor,
                $"[{flow.At(unit.Slot)!.Attribute}] there has a condition", "give Shortcut the same, or");
        else if (flow.PlacementAt(unit.Slot) is { IsOpen: false, Choice: var choice })
            CheckScale(flow, anchor, unit, choice);
        return !flow.HasFailed;
    }

    private static void CheckScale(StageFlow flow, Anchor anchor, NormalizationUnit unit, NormalizationChoice choice)
    {
        if (!HasScale(choice.Kind))
            flow.Report(Rules.NothingToStartAtZero, anchor, $"{choice.Name} has none there", "choose another variant, or");
        else if (choice.Kind.IsParametric() && !unit.HostEndsBranch)
            flow.Report(Rules.NothingToStartAtZero, anchor,
                $"that of {choice.Name} is in [{flow.At(unit.Host)!.Attribute}], which does not stand there",
                "put a convolution or Linear directly before the slot, or");
    }

    /// <summary>Whether there may be the shortcut and not the normalization.</summary>
    private static bool IsMissing(StageFlow flow, LayerDeclaration shortcut, LayerDeclaration slot)
    {
        if (slot.When is not { } demanded || shortcut.When == demanded)
            return false;
        var (given, wanted) = (Conjuncts(flow, shortcut.When), Conjuncts(flow, demanded));
        return wanted.Count == 0 || !wanted.All(demand => given.Any(demand.IsSame));
    }

    private static List<Condition> Conjuncts(StageFlow flow, string? when) =>
        when is not null && SizeParser.ParseCondition(when, flow.Model.Sizes, out _)?.Condition is { } condition
            ? [.. condition.Conjuncts()]
            : [];

    private static bool HasScale(NormalizationKind kind) =>
        !kind.IsActivation() && kind is not (NormalizationKind.None or NormalizationKind.WeightCentering);

    /// <summary>Where in the stage the branch begins.</summary>
    private static int SourcePlace(StageFlow flow, ShortcutSource source) =>
        source.Label is { } label ? flow.Labels[label].Anchor.Layer : -1;

    /// <summary>The layer before the shortcut.</summary>
    private static string Last(StageFlow flow)
    {
        var before = flow.Stage.Layers.Take(flow.Anchor.Layer).LastOrDefault(layer => layer.Attribute != "Label");
        return before?.Attribute ?? "nothing";
    }
}
