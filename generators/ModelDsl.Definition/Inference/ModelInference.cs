using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>
/// Infer: a declaration and the contracts it names to a <see cref="ModelDefinition"/>, with sizes, shapes, channel
/// axes, layers and bodies decided, and everything that is wrong with the declaration.
/// </summary>
public static class ModelInference
{
    private const int MostPathSteps = 2_000;

    /// <param name="declaration">What was written.</param>
    /// <param name="contracts">The contract of a nested model by its metadata name; null where nothing is known of it.</param>
    public static ModelDefinition Infer(ModelDeclaration declaration, Func<string, ModelContract?> contracts)
    {
        var scope = new ModelScope(declaration, contracts);
        CheckClass(scope);
        var flows = RunStages(scope);
        var stages = flows.Select(Define).ToImmutableArray();
        var contract = Contract(declaration, flows);
        scope.Findings.AddRange(GroupsJudgment.Certain(contract));
        return new(
            declaration,
            scope.MemberName("sizes"),
            scope.Checks.ToEquatableArray(),
            scope.Fields.ToEquatableArray(),
            stages,
            Forward(declaration, flows),
            contract,
            scope.Findings.ToEquatableArray());
    }

    private static void CheckClass(ModelScope scope)
    {
        var declaration = scope.Declaration;
        var head = declaration.Heads[declaration.Heads.Count - 1];
        if (!declaration.IsPartial)
            Report(scope, Rules.NotPartial, declaration.Name);
        if (!head.StartsWith("partial class", StringComparison.Ordinal))
            Report(scope, Rules.NotAClass, declaration.Name, KindOf(head));
        if (declaration.HasBase)
            Report(scope, Rules.HasBase, declaration.Name);
        if (declaration.IsFileLocal)
            Report(scope, Rules.FileLocal, declaration.Name);
        if (declaration.Stages.Count == 0 && !declaration.HasForward)
            Report(scope, Rules.NoStages, declaration.Name);
    }

    /// <summary><c>partial record struct Point</c> is a record struct.</summary>
    private static string KindOf(string head) =>
        string.Join(" ", head.Split(' ').Skip(1).TakeWhile(word => word is "record" or "struct" or "interface" or "class"));

    private static void Report(ModelScope scope, Rule rule, params string[] arguments) =>
        scope.Findings.Add(new(rule, Anchor.Class, arguments.ToEquatableArray()));

    private static List<StageFlow> RunStages(ModelScope scope)
    {
        var flows = new List<StageFlow>();
        Shape? chained = null;
        for (var index = 0; index < scope.Declaration.Stages.Count; index++)
        {
            var (before, input) = (scope.Findings.Count, InputShape(scope, index, chained));
            var flow = new StageFlow(scope, index, input);
            // What is wrong with a shape that can't be read has been said; layers would only miss it.
            if (input is null && scope.Findings.Count > before)
                flow.Stop();
            else if (CheckSignature(flow, index))
                flow.Run();
            CheckOutput(flow, index);
            flows.Add(flow);
            // With a hand-written forward the order of the stages is the author's own.
            chained = scope.Declaration.HasForward || flow.HasFailed ? null : flow.Shape;
            if (flow.HasFailed)
                break;
        }
        return flows;
    }

    private static bool CheckSignature(StageFlow flow, int index)
    {
        var stage = flow.Stage;
        if (stage.IsBroken)
            flow.Stop();
        else if (!stage.CanImplement)
            flow.Report(Rules.StageNotPartial, new(index), stage.Name);
        else if (stage.Input is null && !flow.HasFailed)
            flow.Report(Rules.StageSignature, new(index), stage.Name);
        return !flow.HasFailed;
    }

    private static Shape? InputShape(ModelScope scope, int index, Shape? chained)
    {
        if (scope.Declaration.Stages[index].InputShape is not { } text)
            return chained;
        var declared = Parse(scope, text, new(index, Argument: Anchor.InputShape));
        if (declared is null || chained is null)
            return declared?.Shape ?? chained;
        CheckAgainst(scope, declared, chained, new(index, Argument: Anchor.InputShape));
        if (declared.Axes.Count != chained.Rank)
            return declared.Shape;
        var axes = declared.Axes.Select((axis, i) => axis.Code is null ? chained.Axes[i] : Axis.Of(axis.Size));
        return new(axes.ToEquatableArray());
    }

    private static void CheckOutput(StageFlow flow, int index)
    {
        if (flow.Stage.OutputShape is not { } text || flow.HasFailed)
            return;
        var anchor = new Anchor(index, Argument: Anchor.OutputShape);
        if (Parse(flow.Model, text, anchor) is { } declared && flow.Shape is { } inferred)
            CheckAgainst(flow.Model, declared, inferred, anchor);
    }

    /// <summary>Free axes of a declared shape name whatever comes; the others must be able to be equal.</summary>
    private static void CheckAgainst(ModelScope scope, DeclaredShape shape, Shape inferred, Anchor anchor)
    {
        var declared = shape.Shape;
        var demanded = new Shape(shape.Axes.Select(axis => Axis.Of(axis.Code is null ? null : axis.Size)).ToEquatableArray());
        var conflict = declared.Rank == inferred.Rank ? demanded.FirstConflict(inferred) : Math.Min(declared.Rank, inferred.Rank);
        if (conflict is not { } axis)
            return;
        var found = axis < declared.Rank ? $"{declared.Axes[axis]}" : "missing";
        var expected = axis < inferred.Rank ? $"{inferred.Axes[axis]}" : "absent";
        scope.Findings.Add(new(
            Rules.DeclaredShapeDiffers,
            anchor,
            new[] { $"{declared}", $"{inferred}", $"{axis}", found, expected }.ToEquatableArray()));
    }

    private static DeclaredShape? Parse(ModelScope scope, string text, Anchor anchor)
    {
        var shape = ShapeParser.Parse(text, scope.Sizes, out var errors);
        foreach (var error in errors)
        {
            var exact = anchor with { Start = error.Start, Length = error.Length };
            var known = string.Join(", ", scope.Sizes.Names.DefaultIfEmpty("none"));
            scope.Findings.Add(error.Kind == SizeErrorKind.UnboundName
                ? new(Rules.UnboundName, exact, new[] { error.Name, scope.Declaration.Name, known }.ToEquatableArray())
                : new(Rules.NotASize, exact, new[] { text }.ToEquatableArray()));
        }
        return shape;
    }

    private static StageDefinition Define(StageFlow flow)
    {
        var stage = flow.Stage;
        var body = flow.HasFailed || stage.Input is null ? default : BodyWriter.Write(stage.Input, flow.Operations);
        return new(stage, flow.Input, flow.Shape, flow.HasFailed ? null : Check(flow), body, flow.Rows);
    }

    private static InputCheck? Check(StageFlow flow)
    {
        if (flow.Stage.InputShape is not { } text || ShapeParser.Parse(text, flow.Model.Sizes, out _) is not { } declared)
            return null;
        var name = flow.Stage.Name == "forward" ? "input" : Identifiers.ToSnakeCase(flow.Stage.Name) + "_input";
        var first = flow.Rows.Count == 0 ? ""
            : flow.Rows[0].StateName is { Length: > 0 } layer ? layer
            : flow.Rows[0].Attribute;
        return new(
            flow.Model.MemberName(name),
            first,
            OnOneLine(text),
            declared.Axes.Select(axis => axis.Code ?? "null").ToEquatableArray());
    }

    private static string OnOneLine(string text) =>
        string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The stages one after the other, unless the author or a stage is <c>forward</c>.</summary>
    private static ForwardDefinition? Forward(ModelDeclaration declaration, List<StageFlow> flows)
    {
        if (declaration.HasForward || declaration.Stages.Count == 0 || declaration.Stages.Any(stage => stage.Name == "forward"))
            return null;
        var input = declaration.Stages[0].Input ?? "input";
        var taken = new HashSet<string>(declaration.Stages.Select(stage => stage.Name)) { input };
        var operations = flows.Select(flow => new Operation(
            LocalName(flow.Stage.Name, taken),
            $"{Identifiers.Escape(flow.Stage.Name)}({{0}})",
            flow.Shape) { BackwardNeedsOutput = true }).ToList();
        return new(input, BodyWriter.Write(input, operations));
    }

    /// <summary><c>Stem</c> gives <c>stem</c>, unless that is the input or a stage itself.</summary>
    private static string LocalName(string stage, HashSet<string> taken)
    {
        var name = char.ToLowerInvariant(stage[0]) + stage.Substring(1);
        while (!taken.Add(name))
            name += "Result";
        return Identifiers.Escape(name);
    }

    private static ModelContract Contract(ModelDeclaration declaration, List<StageFlow> flows)
    {
        var isComplete = flows.Count == declaration.Stages.Count
            && flows.Count > 0
            && !declaration.HasForward
            && flows.All(flow => !flow.HasFailed);
        return new(
            declaration.MetadataName,
            declaration.Name,
            declaration.Parameters,
            isComplete ? flows[0].Input : null,
            isComplete ? flows[flows.Count - 1].Shape : null,
            isComplete ? Path(flows) : default);
    }

    /// <summary>The layers; none where blocks nest so many that no judgment could walk them.</summary>
    private static EquatableArray<PathStep> Path(List<StageFlow> flows)
    {
        var path = flows.SelectMany(flow => flow.Path).ToEquatableArray();
        return path.Sum(Count) > MostPathSteps ? default : path;
    }

    private static int Count(PathStep step) => 1 + step.Inner.Sum(Count);
}
