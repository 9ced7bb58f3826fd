namespace ModelDsl.Definition;

/// <summary>What a shortcut adds.</summary>
/// <param name="Code">C# of it: a further tensor of the stage's, or a place for its input or a label's local.</param>
/// <param name="Label">The label; null where it is none.</param>
/// <param name="Flow">What is known of it.</param>
/// <param name="Strides">The product of all strides since.</param>
/// <param name="Steps">How many layers of the stage a signal passes before it; null where it comes from elsewhere.</param>
internal sealed record ShortcutSource(string Code, string? Label, FlowShape Flow, AxisSizes Strides, int? Steps)
{
    /// <summary>Whether it is the stage's input.</summary>
    public bool IsInput { get; init; }

    /// <summary>The labels that an operation reads to reach it.</summary>
    public EquatableArray<string> Reads =>
        (IsInput ? Operation.StageInput : Label) is { } read ? new[] { read }.ToEquatableArray() : default;

    /// <summary>What <c>From</c> names, or a finding.</summary>
    public static ShortcutSource? Find(StageFlow flow, LayerDeclaration layer)
    {
        if (layer["From"]?.Text is not { } from)
            return new("{1}", null, flow.InputFlow, flow.Strides, 0) { IsInput = true };
        if (flow.Labels.TryGetValue(from, out var point))
            return new("{1}", from, point.Flow, point.Strides, point.Steps);
        var context = flow.Stage.Contexts.FirstOrDefault(
            candidate => candidate.IsTensor && string.Equals(candidate.Name, from, StringComparison.OrdinalIgnoreCase));
        if (context is not null)
            return new(context.Code, null, flow.ContextShapes[context.Name], AxisSizes.One, null);
        var isStage = flow.Model.Declaration.Stages.Any(stage => stage.Name == from);
        flow.Report(Rules.ShortcutSource, flow.Anchor with { Argument = "From" }, from, flow.Stage.Name, isStage
            ? $"to reach what '{from}' returned, "
                + $"give the stage the parameter 'Tensor {char.ToLowerInvariant(from[0])}{from.Substring(1)}'"
            : $"put Label(\"{from}\") before it",
            string.Join(", ", flow.Labels.Keys.Concat(flow.ContextShapes.Keys)));
        return null;
    }
}
