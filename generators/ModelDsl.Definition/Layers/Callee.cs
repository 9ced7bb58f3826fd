namespace ModelDsl.Definition;

/// <summary>What a branch or a call runs: a stage, or a hand-written method that states its shapes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">C# of the call, with <c>{0}</c> for what flows.</param>
/// <param name="Output">What it returns.</param>
/// <param name="Path">Its layers as a signal passes them.</param>
/// <param name="IsHandWritten">Whether its author could return what flows in.</param>
internal sealed record Callee(string Name, string Expression, FlowShape Output, EquatableArray<PathStep> Path, bool IsHandWritten)
{
    /// <summary>The stage where it frees what is given up to it; null for all others.</summary>
    public Taker? Taker { get; init; }

    /// <summary>Runs a member on what flows, or reports why that can't be.</summary>
    public static Callee? Find(StageFlow flow, string name, string argument, int element = 0)
    {
        var anchor = flow.Anchor with { Argument = argument, Element = element };
        if (flow.Model.Members.Find(name) is { } index && flow.Model.Declaration.Stages[index].Property is null)
            return Stage(flow, index, anchor);
        if (flow.Model.Declaration.Methods.FirstOrDefault(method => method.Name == name) is { } found)
            return Method(flow, found, anchor);
        Unknown(flow, anchor, $"'{name}' is no stage and no method of a tensor", name);
        return null;
    }

    /// <summary>Reports that nothing was named that could be called.</summary>
    public static void Unknown(StageFlow flow, Anchor anchor, string problem, string name = "")
    {
        var known = flow.Model.Declaration.Stages.Where(stage => stage.Property is null && stage.Name != flow.Stage.Name)
            .Select(stage => stage.Name)
            .Concat(flow.Model.Declaration.Methods.Select(method => method.Name))
            .Distinct();
        flow.Report(Rules.CalleeUnknown, anchor, problem, flow.Model.Declaration.Name,
            string.Join(", ", known.DefaultIfEmpty("none")), name);
    }

    private static Callee? Stage(StageFlow flow, int index, Anchor anchor)
    {
        var stage = flow.Model.Declaration.Stages[index];
        if (flow.Model.Members.Run(index, flow.Flow, flow.Anchor) is not { } called)
        {
            var way = stage.Name == flow.Stage.Name ? "" : $" by way of '{flow.Stage.Name}'";
            flow.Report(Rules.StageRunsItself, anchor, stage.Name, way);
            return null;
        }
        if (flow.Model.Members.Conflict(called, anchor) is { } conflict)
            flow.Report(conflict);
        if (called.HasFailed)
            // What is wrong in the stage itself has been said there.
            flow.Stop();
        if (flow.HasFailed)
            return null;
        if (flow.ContextArguments(stage.Name, stage.Contexts) is not { } contexts)
            return null;
        var arguments = string.Join(", ", contexts.Prepend("{0}"));
        var name = Identifiers.Escape(stage.Name);
        var isHidden = flow.Stage.Input == name || flow.Stage.Contexts.Any(context => context.Code == name);
        var call = $"{(isHidden ? "this." : "")}{name}({arguments})";
        return new(stage.Name, call, called.Flow, PathStep.Bounded(called.Path, flow.Anchor), false)
        {
            Taker = flow.Model.Members.Known(index)?.Taker,
        };
    }

    private static Callee? Method(StageFlow flow, MethodDeclaration method, Anchor anchor)
    {
        var input = method.Input.Shape is { } inputText ? ShapeParser.Parse(inputText, flow.Model.Sizes, out _) : null;
        var output = method.OutputShape is { } outputText ? ShapeParser.Parse(outputText, flow.Model.Sizes, out _) : null;
        if (input is null || output is null)
        {
            flow.Report(Rules.CalleeShapeMissing, anchor, method.Name);
            return null;
        }
        if (flow.Shape is { } given && !Takes(input, given))
        {
            flow.Report(Rules.LayerDoesNotFit, anchor, method.Name, $"[{input.Shape}]", $"{given}", "check what flows before it");
            return null;
        }
        if (flow.ContextArguments(method.Name, method.Contexts) is not { } contexts)
            return null;
        var shape = flow.Shape is null ? output.Shape : DeclaredShapes.Apply(input, output, flow.Shape);
        var name = Identifiers.Escape(method.Name);
        var expression = contexts.Count == 0
            ? $"global::ModelDsl.HandWrittenBlock.Call({{0}}, {name})"
            : Call(flow.LambdaParameter("input"), name, contexts);
        var unknown = new[] { new PathStep(PathStepKind.Unknown, flow.Anchor) };
        return new(method.Name, expression, FlowShape.Of(shape, method.OutputLayout), unknown.ToEquatableArray(), true);
    }

    private static bool Takes(DeclaredShape input, Shape given) =>
        (input.IsOpen || given.Rank == input.Axes.Count) && DeclaredShapes.Conflict(input, given, Anchor.Class, null) is null;

    private static string Call(string input, string method, IEnumerable<string> contexts) =>
        $"global::ModelDsl.HandWrittenBlock.Call({{0}}, {input} => {method}({string.Join(", ", contexts.Prepend(input))}))";
}
