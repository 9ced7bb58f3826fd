using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>
/// Infer: a declaration and the contracts it names to a <see cref="ModelDefinition"/>, with sizes, shapes, channel
/// axes, layers and bodies decided, and everything that is wrong with the declaration.
/// </summary>
public static class ModelInference
{
    /// <param name="declaration">What was written.</param>
    /// <param name="contracts">The contract of a nested model by its metadata name; null where nothing is known of it.</param>
    public static ModelDefinition Infer(ModelDeclaration declaration, Func<string, ModelContract?> contracts)
    {
        var scope = new ModelScope(declaration, contracts);
        ClassChecks.Run(scope);
        InitializationChecks.Run(scope);
        var tensors = TensorInference.Run(scope);
        var forward = declaration.HasForward ? ForwardInference.Run(scope) : null;
        if (forward is null)
            ChainForward.Run(scope);
        scope.Members.RunRest();
        var flows = scope.Members.Flows;
        WeightTie.Check(scope);
        StateNameChecks.Run(scope, flows);
        var stages = flows.Select(Define).ToImmutableArray();
        var contract = Contract(scope, forward ?? ChainForward.Facts(scope));
        scope.Findings.AddRange(flows.SelectMany(flow => flow.Findings));
        scope.Findings.AddRange(GroupsJudgment.Certain(contract));
        var signature = ChainSignature.Fitting(declaration);
        var chain = ChainForward.Define(scope);
        return new(
            declaration,
            scope.MemberName("sizes"),
            scope.Checks.ToEquatableArray(),
            scope.Values.Concat(flows.SelectMany(flow => flow.Fields)).ToEquatableArray(),
            tensors.ToEquatableArray(),
            stages,
            chain,
            contract,
            scope.Findings.ToEquatableArray())
        {
            StatisticSizes = flows.SelectMany(flow => flow.StatisticSizes).ToEquatableArray(),
            StatedSizes = flows.SelectMany(flow => flow.StatedSizes).ToEquatableArray(),
            Ties = scope.Ties.ToEquatableArray(),
            Signature = signature,
            Promised = signature.Inputs == ChainSignature.Of(declaration).Inputs ? null : ChainSignature.Of(declaration),
            TakesOver = chain is { TakesOver: true } || flows.Any(flow => flow.Stage.IsForward && flow.Taker is not null),
            HasForward = (declaration.HasForward || declaration.Stages.Any(stage => stage.IsForward))
                && signature.Inputs == ChainSignature.Of(declaration).Inputs,
        };
    }

    private static StageDefinition Define(StageFlow flow)
    {
        var stage = flow.Stage;
        var isMethod = stage.Property is null;
        var body = flow.HasFailed || stage.Input is null || !isMethod
            ? default
            : BodyWriter.Write(stage.Input, flow.FreeLocal("given"), flow.Operations);
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

    /// <summary>What the model promises.</summary>
    private static ModelContract Contract(ModelScope scope, ForwardFacts forward)
    {
        var declaration = scope.Declaration;
        return new(
            declaration.MetadataName,
            declaration.Name,
            declaration.Parameters,
            forward.Input.Shape,
            forward.Output.Shape,
            PathStep.Bounded(forward.Path, null))
        {
            InputAxis = forward.Input.ChannelAxis,
            OutputAxis = forward.Output.ChannelAxis,
            Contexts = ChainSignature.Of(declaration).Inputs.Skip(1)
                .Select(context => context with { Shape = null, Layout = ChannelLayout.Default })
                .ToEquatableArray(),
            MayReturnInput = declaration.HasForward,
        };
    }
}
