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
        ClassChecks.Run(scope);
        var tensors = TensorInference.Run(scope);
        if (!declaration.HasForward)
            ChainForward.Run(scope);
        scope.Members.RunRest();
        var flows = scope.Members.Flows;
        StateNameChecks.Run(scope, flows);
        var stages = flows.Select(Define).ToImmutableArray();
        var contract = Contract(scope, flows);
        scope.Findings.AddRange(flows.SelectMany(flow => flow.Findings));
        scope.Findings.AddRange(GroupsJudgment.Certain(contract));
        return new(
            declaration,
            scope.MemberName("sizes"),
            scope.Checks.ToEquatableArray(),
            scope.Values.Concat(flows.SelectMany(flow => flow.Fields)).ToEquatableArray(),
            tensors.ToEquatableArray(),
            stages,
            ChainForward.Define(scope),
            contract,
            scope.Findings.ToEquatableArray())
        {
            Ties = scope.Ties.ToEquatableArray(),
            Signature = ChainSignature.Fitting(declaration),
        };
    }

    private static StageDefinition Define(StageFlow flow)
    {
        var stage = flow.Stage;
        var isMethod = stage.Property is null;
        var body = flow.HasFailed || stage.Input is null || !isMethod ? default : BodyWriter.Write(stage.Input, flow.Operations);
        return new(stage, flow.Input, flow.Shape, flow.HasFailed || !isMethod ? null : Check(flow), body, flow.Rows)
        {
            Field = isMethod ? null : flow.Fields.FirstOrDefault(field => field.Kind != FieldKind.Value),
        };
    }

    private static InputCheck? Check(StageFlow flow)
    {
        if (flow.Stage.InputShape is not { } text || ShapeParser.Parse(text, flow.Model.Sizes, out _) is not { } declared)
            return null;
        var name = flow.Stage.IsForward ? "input" : Identifiers.ToSnakeCase(flow.Stage.Name) + "_input";
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

    private static ModelContract Contract(ModelScope scope, IReadOnlyList<StageFlow> flows)
    {
        var declaration = scope.Declaration;
        var chain = declaration.HasForward ? [] : declaration.Chain.Select(index => scope.Members.Known(index)).ToList();
        var isComplete = chain.Count > 0 && chain.All(flow => flow is { HasFailed: false });
        var (first, last) = isComplete ? (chain[0]!, chain[chain.Count - 1]!) : (null, null);
        return new(
            declaration.MetadataName,
            declaration.Name,
            declaration.Parameters,
            first?.Input,
            last?.Shape,
            isComplete ? Path(chain!) : default)
        {
            InputAxis = first?.InputFlow.ChannelAxis,
            OutputAxis = last?.ChannelAxis,
            Contexts = ChainSignature.Of(declaration).Inputs.Skip(1).ToEquatableArray(),
        };
    }

    /// <summary>The layers; none where blocks nest so many that no judgment could walk them.</summary>
    private static EquatableArray<PathStep> Path(IEnumerable<StageFlow> flows)
    {
        var path = flows.SelectMany(flow => flow.Path).ToEquatableArray();
        return path.Sum(Count) > MostPathSteps ? default : path;
    }

    private static int Count(PathStep step) => 1 + step.Inner.Sum(Count);
}
