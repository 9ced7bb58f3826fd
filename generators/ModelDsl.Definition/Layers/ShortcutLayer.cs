namespace ModelDsl.Definition;

/// <summary>
/// Adds the stage's input, or what flowed at a label. Where channels or positions differ, that is brought to the branch's shape
/// first: by a strided convolution and a normalization unless said otherwise (option B of He et al. 2016).
/// </summary>
public sealed class ShortcutLayer : LayerKind
{
    public override string Attribute => "Shortcut";

    public override string Kind => "shortcut";

    public override bool HasWeight => true;

    public override bool TakesLeadingAxes => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (ShortcutSource.Find(flow, layer) is not { } source)
            return;
        if (flow.Shape is not { } branch || source.Flow.Shape is not { } input)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
            return;
        }
        if (!CanMatch(flow, source, branch))
            return;
        var identity = Implied(flow, layer, IdentityWhen(flow, source, branch));
        if (!flow.IsFeatureMap)
            DemandEqualSizes(flow, input, branch);
        if (identity is null || identity.Truth() == true)
            Add(flow, layer, source, source.Code, null, identity);
        else
            Project(flow, layer, source, identity);
    }

    /// <summary>The condition under which the input has the branch's shape; null where no symbol could make it differ.</summary>
    private static Condition? IdentityWhen(StageFlow flow, ShortcutSource source, Shape branch)
    {
        Condition? condition = null;
        if (!flow.IsFeatureMap)
            return null;
        if (source.Flow.Shape![1] is { } inChannels && branch[1] is { } channels && !inChannels.Equals(channels))
            condition = new ComparisonCondition("==", inChannels, channels);
        foreach (var strided in source.Strides.Each.Select(stride => stride.Value).Distinct())
        {
            if (strided is null || strided.Equals(Size.One))
                continue;
            var unstrided = new ComparisonCondition("==", strided, Size.One);
            condition = condition is null ? unstrided : new LogicalCondition("&&", condition, unstrided);
        }
        return condition;
    }

    /// <summary>
    /// Without what the shortcut's own condition says already: where that holds, nothing more is to be matched.
    /// </summary>
    private static Condition? Implied(StageFlow flow, LayerDeclaration layer, Condition? identity)
    {
        if (identity is null || layer.When is not { } when)
            return identity;
        var given = SizeParser.ParseCondition(when, flow.Model.Sizes, out _)?.Condition is { } condition
            ? condition.Conjuncts().ToList()
            : [];
        return identity.Conjuncts().Where(demand => !given.Any(demand.IsSame)).Aggregate(
            (Condition?)null,
            (kept, demand) => kept is null ? demand : new LogicalCondition("&&", kept, demand));
    }

    /// <summary>
    /// Off feature maps there is no projection: sizes that may differ are checked when the model is built, not
    /// broadcast.
    /// </summary>
    private static void DemandEqualSizes(StageFlow flow, Shape input, Shape branch)
    {
        if (input[-1] is { } given && branch[-1] is { } made && !given.Equals(made)
            && given.Symbols().Concat(made.Symbols()).All(flow.IsKnownWhenBuilt))
            flow.Model.CheckEqual(flow.Stage.Name, given, made);
    }

    /// <summary>A strided 1x1 convolution matches channels and strides; any other difference can't be matched.</summary>
    private static bool CanMatch(StageFlow flow, ShortcutSource source, Shape branch)
    {
        var input = source.Flow.Shape!;
        var isMap = flow.IsFeatureMap && input.Rank == branch.Rank && branch.Rank <= FeatureMaps.LargestRank;
        var target = isMap ? Strided(input, branch, source.Strides) : input;
        if (target.Rank == branch.Rank && target.FirstConflict(branch) is not { } axis)
            return true;
        flow.Report(Rules.ShortcutDoesNotFit, flow.Anchor, $"{input}", $"{branch}", Difference(target, branch, isMap));
        return false;
    }

    private static string Difference(Shape target, Shape branch, bool isMap)
    {
        if (target.Rank != branch.Rank)
            return $"one has {target.Rank} axes, the other {branch.Rank}; put Shortcut before the layer that drops axes";
        var axis = target.FirstConflict(branch)!.Value;
        return $"axis {axis} differs ({target[axis]} and {branch[axis]})"
            + (isMap ? " by more than a stride; check kernel sizes and padding" : "; give the last layer the size of the input");
    }

    private static Shape Strided(Shape input, Shape branch, AxisSizes strides)
    {
        var shape = input.With(1, branch[1]);
        for (var axis = 2; axis < input.Rank; axis++)
        {
            var isKnown = input[axis] is not null && strides[axis - 2].Value is not null;
            shape = shape.With(
                axis,
                isKnown ? Size.Divide(input[axis]! - Size.One, strides[axis - 2].Value!) + Size.One : null);
        }
        return shape;
    }

    private void Project(StageFlow flow, LayerDeclaration layer, ShortcutSource source, Condition identity)
    {
        var projection = new ShortcutProjection(flow, layer, source);
        if (projection.Add(identity) is not { } field)
            return;
        var local = flow.Local(Kind);
        var isCertain = identity.Truth() == false;
        var side = new SideOperation(local, $"{field.Name}{(isCertain ? "" : "?")}.call({source.Code})", IsOptional: !isCertain);
        var note = projection.Note + (isCertain ? "" : $"; the input itself where {identity.Bare}");
        Add(flow, layer, source, isCertain ? local : $"{local} ?? {source.Code}", new(side, field, note), identity, projection);
    }

    private void Add(
        StageFlow flow,
        LayerDeclaration layer,
        ShortcutSource source,
        string addend,
        Side? side,
        Condition? identity,
        ShortcutProjection? projection = null)
    {
        if (ShortcutScale.Read(flow, layer) is not { } scale || !ZeroScaleCode.Check(flow, layer, source, scale))
            return;
        AddPath(flow, source, identity, projection, Step(layer, scale));
        var learned = scale.IsLearned ? AddSkipInit(flow, scale.Branch, isAlone: projection is null) : null;
        var (expression, inPlace) = scale.Sum(flow, addend, learned);
        var operation = new Operation(flow.Local(Kind, side is null ? Kind : "sum"), expression, flow.Shape)
        {
            InPlace = inPlace,
            Sides = side is null ? default : new[] { side.Operation }.ToEquatableArray(),
            Reads = source.Reads,
        };
        var notes = new[] { side?.Note ?? "", learned is null ? "" : $"the branch times {learned.StateName}, a learned number" };
        var note = string.Join("; ", notes.Where(note => note.Length > 0));
        var field = side is { Field.Kind: FieldKind.Layer } ? side.Field : learned;
        if (flow.Adding is { } placement)
            NormalizedShortcut.Place(flow, placement, operation, addend, field, note);
        else
            flow.Add(operation, field, flow.ChannelAxis, note);
    }

    private static PathStepKind Step(LayerDeclaration layer, ShortcutScale scale) =>
        scale.Input.Value == 1 && (scale.Branch.Value != 1 || scale.IsLearned || ZeroScaleCode.IsWanted(layer))
            ? PathStepKind.ScaledResidual
        : ZeroScaleCode.IsWanted(layer) ? PathStepKind.Branches
        : scale.IsPlain ? PathStepKind.Residual
        : scale.IsBalanced ? PathStepKind.BalancedResidual
        : PathStepKind.Branches;

    private static FieldDefinition AddSkipInit(StageFlow flow, RealExpression initial, bool isAlone)
    {
        var scheme = initial.Value == 0
            ? InitializationChoice.Code("Zeros", [])
            : InitializationChoice.Code("Constant", [$"Value = {initial.Code}"]);
        return flow.AddPartField("skip_init", $"{scheme}.Parameter()", isAlone);
    }

    /// <summary>The layers since the source are the residual's branch. Of a scaled branch nothing is predicted.</summary>
    private static void AddPath(
        StageFlow flow, ShortcutSource source, Condition? identity, ShortcutProjection? projection, PathStepKind kind)
    {
        var before = source.Steps ?? flow.Path.Count;
        var branch = flow.Path.Skip(before).ToEquatableArray();
        flow.Path.RemoveRange(before, flow.Path.Count - before);
        var isKnown = source.Steps is not null && (projection is null || projection.Normalization is not null);
        flow.Path.Add(new(
            isKnown ? kind : PathStepKind.Branches,
            flow.Anchor,
            flow.ChannelAxis is { } axis ? flow.Shape![axis] : null,
            projection?.Normalization,
            projection is not null,
            identity,
            branch,
            Stride: source.Strides.Uniform?.Value) { IsRectifiedBehind = IsRectifiedBehind(flow, kind) });
    }

    /// <summary>Whether the ReLU that belongs to the last normalization stands behind the sum of scaled paths.</summary>
    private static bool IsRectifiedBehind(StageFlow flow, PathStepKind kind)
    {
        if (kind is not (PathStepKind.ScaledResidual or PathStepKind.BalancedResidual))
            return false;
        var here = flow.Anchor.Layer;
        return flow.Units.LastOrDefault(unit => unit.Slot < here) is { Activation: { } place } && place > here
            && ActivationResolver.Resolve(flow, flow.At(place)!) is { IsOpen: false, Activation.IsFused: true };
    }

    private sealed record Side(SideOperation Operation, FieldDefinition Field, string Note);
}
