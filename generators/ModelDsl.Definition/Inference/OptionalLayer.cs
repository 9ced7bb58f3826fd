namespace ModelDsl.Definition;

/// <summary>A layer with a condition: where it does not hold, what flows passes by.</summary>
internal static class OptionalLayer
{
    private const string Argument = "When";

    public static void Place(StageFlow flow, LayerKind kind, LayerDeclaration layer, string when)
    {
        var condition = SizeParser.ParseCondition(when, flow.Model.Sizes, out var errors);
        foreach (var error in errors)
            Report(flow, error, when);
        if (condition is not var (code, test))
            return;
        var (before, operations, path) = (flow.Flow, flow.Operations.Count, flow.Path.ToList());
        var fields = flow.Fields.Count;
        if (kind is LabelLayer)
        {
            flow.Report(Rules.OptionWithoutEffect, flow.Anchor with { Argument = Argument }, Argument, "a Label",
                "it names what flows and changes nothing that could be left out");
            return;
        }
        kind.Place(flow, layer);
        if (flow.HasFailed || flow.Operations.Count == operations)
            return;
        if (!IsSameKind(flow, before))
            return;
        var operation = flow.Operations[flow.Operations.Count - 1];
        flow.Amend(Conditional(flow, fields, operation, code) with { Shape = Join(test, flow.Shape, before.Shape) },
            new(Join(test, flow.Shape, before.Shape), flow.ChannelAxis));
        AmendPath(flow, path, test);
    }

    private static void Report(StageFlow flow, SizeError error, string when)
    {
        var exact = flow.Anchor with { Argument = Argument, Start = error.Start, Length = error.Length };
        var model = flow.Model.Declaration;
        var flags = model.Parameters.Where(parameter => parameter.Kind == ParameterKind.Boolean).Select(parameter => parameter.Name);
        if (error.Kind == SizeErrorKind.UnboundName)
            flow.Report(Rules.UnboundName, exact, error.Name, model.Name,
                string.Join(", ", flags.Concat(flow.Model.Sizes.Names).DefaultIfEmpty("none")));
        else
            flow.Report(Rules.NotACondition, exact, when.Substring(Math.Min(error.Start, when.Length), Math.Min(error.Length, when.Length - error.Start)));
    }

    /// <summary>What flows must be of one kind whether the layer is there or not.</summary>
    private static bool IsSameKind(StageFlow flow, FlowShape before)
    {
        if (flow.Shape?.Rank == before.Shape?.Rank && flow.ChannelAxis == before.ChannelAxis)
            return true;
        flow.Report(Rules.OptionalLayerChangesAxes, flow.Anchor with { Argument = Argument },
            $"{before.Shape}", $"{flow.Shape}");
        return false;
    }

    private static Operation Conditional(StageFlow flow, int firstField, Operation operation, string code)
    {
        // A shortcut is more than its layer: without one it still adds what flows.
        var isLayer = flow.Fields.Count > firstField && operation.Sides.Count == 0;
        for (var index = firstField; index < flow.Fields.Count; index++)
        {
            var field = flow.Fields[index];
            if (field.Kind != FieldKind.Value)
                flow.Fields[index] = field with { Initializer = Initializer.Choice(code, field.Initializer, "null"), IsOptional = true };
        }
        var expression = isLayer
            ? $"{operation.Expression.Replace($"{flow.Fields[firstField].Name}.", $"{flow.Fields[firstField].Name}?.")} ?? {{0}}.alias()"
            : $"{flow.Model.Value("bool", FieldName(code), code).Name} ? {operation.Expression} : {{0}}.alias()";
        return operation with { Expression = expression, InPlace = null, OutputMayAliasInput = true };
    }

    private static string FieldName(string code) =>
        code.All(character => char.IsLetterOrDigit(character) || character == '_') ? code : "condition";

    private static Shape? Join(Condition? condition, Shape? with, Shape? without)
    {
        if (with is null || without is null)
            return null;
        return new(Enumerable.Range(0, with.Rank).Select(axis => Axis.Of(Join(condition, with[axis], without[axis]))).ToEquatableArray());
    }

    private static Size? Join(Condition? condition, Size? with, Size? without)
    {
        if (with is null || without is null)
            return null;
        if (with.Equals(without))
            return with;
        return condition is null ? null : ConditionalFactor.Choose(condition, with, without);
    }

    /// <summary>The layer's steps count only where the condition is decided.</summary>
    private static void AmendPath(StageFlow flow, List<PathStep> before, Condition? condition)
    {
        var inner = flow.Path.Skip(before.Count).ToEquatableArray();
        if (inner.Count == 0)
            return;
        flow.Path.Clear();
        flow.Path.AddRange(before);
        flow.Path.Add(new(PathStepKind.Optional, flow.Anchor, Identity: condition, Inner: inner));
    }
}
