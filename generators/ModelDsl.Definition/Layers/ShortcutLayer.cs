namespace ModelDsl.Definition;

/// <summary>
/// Adds the stage's input. Where channels or positions differ, the input first passes a strided 1x1 convolution and a
/// normalization (option B of He et al. 2016).
/// </summary>
public sealed class ShortcutLayer : LayerKind
{
    public override string Attribute => "Shortcut";

    public override string Kind => "shortcut";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (flow.Shape is not { } branch || flow.Input is not { } input)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
            return;
        }
        if (!CanMatch(flow, input, branch))
            return;
        var identity = IdentityWhen(flow, input, branch);
        if (!flow.IsFeatureMap)
            DemandEqualSizes(flow, input, branch);
        if (identity?.Truth() == true || identity is null)
            Add(flow, "{0}.add(" + flow.Stage.Input + ")", flow.Stage.Input!, null, identity);
        else
            Project(flow, input, branch, identity);
    }

    /// <summary>The condition under which the input has the branch's shape; null where no symbol could make it differ.</summary>
    private static Condition? IdentityWhen(StageFlow flow, Shape input, Shape branch)
    {
        Condition? condition = null;
        if (!flow.IsFeatureMap)
            return null;
        if (input[1] is { } inChannels && branch[1] is { } channels && !inChannels.Equals(channels))
            condition = new ComparisonCondition("==", inChannels, channels);
        foreach (var strided in flow.Strides.Each.Select(stride => stride.Value).Distinct())
        {
            if (strided is null || strided.Equals(Size.One))
                continue;
            var unstrided = new ComparisonCondition("==", strided, Size.One);
            condition = condition is null ? unstrided : new LogicalCondition("&&", condition, unstrided);
        }
        return condition;
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
    private static bool CanMatch(StageFlow flow, Shape input, Shape branch)
    {
        var isMap = flow.IsFeatureMap && input.Rank == branch.Rank && branch.Rank <= FeatureMaps.LargestRank;
        var target = isMap ? Strided(input, branch, flow.Strides) : input;
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

    private void Project(StageFlow flow, Shape input, Shape branch, Condition identity)
    {
        if (flow.KnownSize(input[1], 1, "give the axis a size in [Shape]") is not { } inChannels
            || flow.KnownSize(branch[1], 1, "give the axis a size in [Shape]") is not { } channels)
            return;
        var choice = NormalizationResolver.Resolve(flow.Model.Declaration, new("Norm", default), isFeatureMap: true);
        var (axes, strides) = (branch.Rank - 2, flow.Strides);
        var kernel = strides.IsUniform ? "1" : AxisSizes.One.Code(axes, asTuple: true);
        var stride = strides.Is(1) ? "" : $", stride: {strides.Code(axes, !strides.IsUniform)}";
        var bias = choice.BiasArgument("bias");
        var norm = NormalizationSlot.Construct(flow.Site, choice, channels, branch.Rank, 1).Initializer;
        var isCertain = identity.Truth() == false;
        var projection = Initializer.Call(
            $"{TorchNames.Functions}.Sequential",
            $"{TorchNames.Functions}.Conv{axes}d({inChannels}, {channels}, {kernel}{stride}{bias})",
            norm);
        var field = flow.AddNamedField(flow.ShortcutName(), $"{TorchNames.Modules}.Sequential",
            isCertain ? projection : Initializer.Choice(identity.Bare, "null", projection), isOptional: !isCertain);
        var local = flow.Local(Kind);
        var addend = isCertain ? local : $"{local} ?? {flow.Stage.Input}";
        var note = $"a 1x1 convolution and {choice.Explanation}" + (isCertain ? "" : $"; the input itself where {identity.Bare}");
        Add(
            flow,
            $"{{0}}.add({addend})",
            addend,
            new(local, $"{field.Name}{(isCertain ? "" : "?")}.call({flow.Stage.Input})", field, note),
            identity,
            choice);
    }

    private void Add(
        StageFlow flow,
        string expression,
        string addend,
        Side? side,
        Condition? identity,
        NormalizationChoice? choice = null)
    {
        var branch = flow.Path.ToEquatableArray();
        flow.Path.Clear();
        flow.Path.Add(new(
            PathStepKind.Residual,
            flow.Anchor,
            flow.ChannelAxis is { } axis ? flow.Shape![axis] : null,
            choice,
            choice is not null,
            identity,
            branch,
            Stride: flow.Strides.Uniform?.Value));
        var operation = new Operation(flow.Local(Kind, side is null ? Kind : "sum"), expression, flow.Shape)
        {
            InPlace = $"{{0}}.add_({addend})",
            SideLocal = side?.Local,
            SideExpression = side?.Expression,
        };
        flow.Add(operation, side?.Field, flow.ChannelAxis, side?.Note ?? "");
    }

    private sealed record Side(string Local, string Expression, FieldDefinition Field, string Note);
}
