using System.Text.RegularExpressions;

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
        if (kind is LabelLayer)
        {
            flow.Report(Rules.OptionWithoutEffect, flow.Anchor with { Argument = Argument }, Argument, "a Label",
                "it names what flows and changes nothing that could be left out");
            return;
        }
        var before = new Before(flow.Flow, flow.Operations.Count, flow.Fields.Count, flow.Path.Count, flow.Distances());
        kind.Place(flow, layer);
        // C# warns of a flag that nothing reads, and one attribute may have emptied the slot that it is for.
        if (!flow.HasFailed && flow.Operations.Count == before.Operations)
            flow.Model.Value("bool", FieldName(code), code);
        if (flow.HasFailed || flow.Operations.Count == before.Operations || !IsSameKind(flow, before.Flow))
            return;
        var shape = Join(test, flow.Shape, before.Flow.Shape);
        var placed = flow.Operations[flow.Operations.Count - 1];
        var operation = placed.HasOwnCondition ? placed : Conditional(flow, before.Fields, placed, code);
        flow.Amend(operation with { Shape = shape }, new(shape, flow.ChannelAxis));
        flow.SetDistances(before.Distances, (without, with) => Join(code, test, without, with));
        AmendPath(flow, before.Steps, test);
    }

    private static void Report(StageFlow flow, SizeError error, string when)
    {
        var exact = flow.Anchor with { Argument = Argument, Start = error.Start, Length = error.Length };
        var model = flow.Model.Declaration;
        var flags = model.Parameters
            .Where(parameter => parameter.Kind == ParameterKind.Boolean)
            .Select(parameter => parameter.Name);
        if (error.Kind == SizeErrorKind.UnboundName)
            flow.Report(Rules.UnboundName, exact, error.Name, model.Name,
                string.Join(", ", flags.Concat(flow.Model.Sizes.Names).DefaultIfEmpty("none")));
        else
            flow.Report(Rules.NotACondition, exact, Part(when, error));
    }

    private static string Part(string when, SizeError error)
    {
        var start = Math.Min(error.Start, when.Length);
        return when.Substring(start, Math.Min(error.Length, when.Length - start));
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
        for (var index = firstField; index < flow.Fields.Count; index++)
            flow.Fields[index] = Absent(flow.Fields[index], code);
        var field = flow.Fields.Skip(firstField).FirstOrDefault();
        if (field is null || operation.Sides.Count > 0)
        {
            var parameters = flow.Fields.Skip(firstField).Where(added => added.Kind == FieldKind.Parameter);
            operation = operation with { Expression = parameters.Aggregate(operation.Expression, Certain) };
            return Flagged(flow, field, operation, flow.Model.Value("bool", FieldName(code), code).Name);
        }
        var call = $"{field.Name}.call(";
        var expression = operation.Expression.StartsWith(call, StringComparison.Ordinal)
            ? $"{field.Name}?.call({operation.Expression.Substring(call.Length)} ?? {{0}}.alias()"
            : $"{field.Name} is null ? {{0}}.alias() : {operation.Expression}";
        return operation with { Expression = expression, InPlace = null, Taker = null, OutputMayAliasInput = true };
    }

    private static FieldDefinition Absent(FieldDefinition field, string code) =>
        field with { Initializer = Initializer.Choice(code, field.Initializer, "null"), IsOptional = true };

    /// <summary>
    /// A shortcut or branch is more than its layers: a flag says whether it is there. Where it isn't, its branches do not run.
    /// </summary>
    private static Operation Flagged(StageFlow flow, FieldDefinition? field, Operation operation, string flag)
    {
        var expression = operation.Expression;
        foreach (var side in operation.Sides.Where(side => !side.IsOptional))
            expression = Certain(expression, side.Local);
        return operation with
        {
            Expression = $"{flag} ? {expression} : {{0}}.alias()",
            InPlace = null,
            Taker = null,
            OutputMayAliasInput = true,
            Sides = operation.Sides.Select(side => Flagged(side, field, flag)).ToEquatableArray(),
        };
    }

    private static string Certain(string expression, FieldDefinition field) => Certain(expression, field.Name);

    /// <summary>Where the flag is set it is not null, which the compiler can't know.</summary>
    private static string Certain(string expression, string name) =>
        Regex.Replace(expression, $@"(?<![\w@]){Regex.Escape(name)}(?!\w)", $"{name}!");

    private static SideOperation Flagged(SideOperation side, FieldDefinition? field, string flag)
    {
        var call = $"{field?.Name}.call(";
        return side with
        {
            IsOptional = true,
            Expression = field is null ? $"{flag} ? {side.Expression} : null"
                : side.Expression.Replace(call, $"{field.Name}?.call("),
        };
    }

    private static string FieldName(string code) =>
        code.All(character => char.IsLetterOrDigit(character) || character == '_') ? code : "condition";

    private static Shape? Join(Condition? condition, Shape? with, Shape? without)
    {
        if (with is null || without is null)
            return null;
        var axes = Enumerable.Range(0, with.Rank).Select(axis => Axis.Of(Join(condition, with[axis], without[axis])));
        return new(axes.ToEquatableArray());
    }

    private static Size? Join(Condition? condition, Size? with, Size? without)
    {
        if (with is null || without is null)
            return null;
        if (with.Equals(without))
            return with;
        return condition is null ? null : ConditionalFactor.Choose(condition, with, without);
    }

    /// <summary>The stride with and without the layer, as C# and as a size.</summary>
    private static AxisSizes Join(string code, Condition? condition, AxisSizes without, AxisSizes with) => without.Zip(
        with,
        (absent, present) => absent == present
            ? absent
            : new($"{code} ? {present.Code} : {absent.Code}", Join(condition, present.Value, absent.Value)));

    /// <summary>The layer's steps count only where the condition is decided.</summary>
    private static void AmendPath(StageFlow flow, int before, Condition? condition)
    {
        // A shortcut makes one step of those before it: of a residual that may not be one nothing is predicted.
        if (flow.Path.Count <= before)
        {
            if (flow.Path.Count > 0)
                flow.Path[flow.Path.Count - 1] = flow.Path[flow.Path.Count - 1] with { Kind = PathStepKind.Branches };
            return;
        }
        var inner = flow.Path.Skip(before).ToEquatableArray();
        flow.Path.RemoveRange(before, inner.Count);
        flow.Path.Add(new(PathStepKind.Optional, flow.Anchor, Identity: condition, Inner: inner));
    }

    /// <summary>What there was before the layer.</summary>
    private sealed record Before(FlowShape Flow, int Operations, int Fields, int Steps, StrideDistances Distances);
}
