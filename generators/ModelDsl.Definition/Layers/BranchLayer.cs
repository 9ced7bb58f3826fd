namespace ModelDsl.Definition;

/// <summary>Runs stages side by side on what flows, and adds, multiplies or concatenates what they return.</summary>
public sealed class BranchLayer : LayerKind
{
    private const string Argument = "Stages";

    private const string Unequal = "a sum or product needs equal sizes, or 1 where one is spread over the other";

    private const string OnlyChannels = "only channels may differ where they are concatenated";

    public override string Attribute => "Branch";

    public override string Kind => "branch";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        var names = layer["Stages"]?.Texts ?? default;
        if (names.Count == 0)
        {
            Callee.Unknown(flow, flow.Anchor, "Branch names no stage");
            return;
        }
        var callees = new List<Callee>();
        for (var index = 0; index < names.Count; index++)
        {
            if (Callee.Find(flow, names[index], Argument, index) is not { } callee)
                return;
            callees.Add(callee);
        }
        var merge = (MergeKind)(layer["Merge"]?.Number ?? 0);
        // One stage is joined with what flows itself.
        var parts = callees.Select(callee => callee.Output).ToList();
        if (callees.Count == 1)
            parts.Insert(0, flow.Flow);
        if (Merged(flow, parts, merge) is not { } merged)
            return;
        AddPath(flow, callees, merge);
        flow.Add(Operation(flow, callees, merge, merged), null, merged.ChannelAxis);
    }

    private static Operation Operation(StageFlow flow, List<Callee> callees, MergeKind merge, FlowShape merged)
    {
        var sides = callees.Select(callee => new SideOperation(flow.FreeLocal(callee.Name), callee.Expression)).ToList();
        var locals = sides.Select(side => side.Local).ToList();
        if (callees.Count == 1)
            locals.Insert(0, "{0}");
        var expression = merge switch
        {
            MergeKind.Concat => $"{TorchNames.Torch}.cat([{string.Join(", ", locals)}], {merged.ChannelAxis})",
            MergeKind.Multiply => locals.Aggregate((product, local) => $"{product}.mul({local})"),
            _ => locals.Aggregate((sum, local) => $"{sum}.add({local})"),
        };
        return new(flow.FreeLocal(LocalName(merge)), expression, merged.Shape)
        {
            // A product's backward pass reads its factors, not itself.
            Sides = sides.ToEquatableArray(),
        };
    }

    private static string LocalName(MergeKind merge) => merge switch
    {
        MergeKind.Concat => "concat",
        MergeKind.Multiply => "product",
        _ => "sum",
    };

    private static void AddPath(StageFlow flow, List<Callee> callees, MergeKind merge)
    {
        var steps = callees
            .SelectMany(callee => callee.Path)
            .Select(step => step with { Layer = flow.Anchor })
            .ToEquatableArray();
        var isResidual = merge == MergeKind.Add && callees.Count == 1;
        flow.Path.Add(isResidual
            ? new(PathStepKind.Residual, flow.Anchor, flow.ChannelAxis is { } axis ? flow.Shape?[axis] : null, Inner: steps)
            : new(PathStepKind.Branches, flow.Anchor, Inner: steps));
    }

    private static FlowShape? Merged(StageFlow flow, List<FlowShape> parts, MergeKind merge)
    {
        var known = parts.Where(part => part.Shape is not null).ToList();
        if (known.Count < parts.Count)
            return OfUnknown(flow, parts, merge);
        var result = known[0];
        foreach (var part in known.Skip(1))
        {
            if (Merged(flow, result, part, merge) is not { } joined)
                return null;
            result = joined;
        }
        return result;
    }

    /// <summary>Of branches whose shapes aren't all known only the axis is needed on which they are concatenated.</summary>
    private static FlowShape? OfUnknown(StageFlow flow, List<FlowShape> parts, MergeKind merge)
    {
        var axes = parts.Select(part => part.ChannelAxis).OfType<int>().Distinct().ToList();
        if (axes.Count == 1)
            return new(null, axes[0]);
        if (merge != MergeKind.Concat)
            return FlowShape.Unknown;
        flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", "Branch");
        return null;
    }

    private static FlowShape? Merged(StageFlow flow, FlowShape left, FlowShape right, MergeKind merge)
    {
        var (a, b) = (left.Shape!, right.Shape!);
        if (a.Rank != b.Rank || (merge == MergeKind.Concat && left.ChannelAxis != right.ChannelAxis))
            return Conflict(flow, left, right, "they differ in their axes");
        if (merge == MergeKind.Concat && left.ChannelAxis is null)
            return OfUnknown(flow, [left, right], merge);
        var axis = left.ChannelAxis == right.ChannelAxis ? left.ChannelAxis : null;
        var sizes = new List<Axis>();
        for (var index = 0; index < a.Rank; index++)
        {
            var isConcatenated = merge == MergeKind.Concat && index == axis;
            if (isConcatenated)
                sizes.Add(Axis.Of(a[index] is { } one && b[index] is { } other ? one + other : null));
            else if (merge == MergeKind.Concat && Equal(flow, a[index], b[index]))
                sizes.Add(Axis.Of(a[index] ?? b[index]));
            else if (merge != MergeKind.Concat && Broadcast(flow, a[index], b[index]))
                sizes.Add(Axis.Of(Spread(a[index], b[index])));
            else
            {
                var rule = merge == MergeKind.Concat ? OnlyChannels : Unequal;
                return Conflict(flow, left, right, $"axis {index} differs; {rule}");
            }
        }
        return new(new(sizes.ToEquatableArray()), axis);
    }

    /// <summary>The size of a sum: of 1 and what isn't known nothing is known.</summary>
    private static Size? Spread(Size? left, Size? right) => left?.Value == 1 ? right : right?.Value == 1 ? left : left ?? right;

    private static bool Broadcast(StageFlow flow, Size? left, Size? right) =>
        left?.Value == 1 || right?.Value == 1 || Equal(flow, left, right);

    /// <summary>Whether sizes may be equal; those that only the constructor's arguments decide are checked there.</summary>
    private static bool Equal(StageFlow flow, Size? left, Size? right)
    {
        if (left is null || right is null || left.Equals(right))
            return true;
        if ((left - right).Value is not null)
            return false;
        if (left.Symbols().Concat(right.Symbols()).All(flow.IsKnownWhenBuilt))
            flow.Model.CheckEqual(flow.Stage.Name, left, right, "Branch");
        return true;
    }

    private static FlowShape? Conflict(StageFlow flow, FlowShape left, FlowShape right, string reason)
    {
        flow.Report(Rules.BranchesDoNotFit, flow.Anchor, $"{left.Shape}", $"{right.Shape}", reason);
        return null;
    }
}
