namespace ModelDsl.Definition;

/// <summary>The stages, layers, parameters and buffers that a hand-written body calls and reads.</summary>
internal sealed class ForwardMembers(ModelScope scope) : IForwardMembers
{
    /// <summary>Calls that disagree with what a stage was inferred from.</summary>
    public List<Finding> Findings { get; } = [];

    public bool Knows(string member) => scope.Members.Find(member) is not null;

    public FlowValue? Apply(MemberCall application)
    {
        if (scope.Members.Find(application.Member) is not { } index)
            return null;
        if (application.Input is TensorValue { HasFailed: true })
        {
            // What is wrong has been said where it stands.
            scope.Members.Skip(index);
            return TensorValue.Failed;
        }
        // One block of a repeat takes what the blocks before it gave; of that nothing is known.
        var given = application.Input is TensorValue tensor && !application.IsElement
            ? new FlowShape(tensor.Shape, tensor.ChannelAxis ?? Channels(index, tensor.Shape))
            : null;
        if (given?.Shape is null || IsRefused(index, given.Shape))
            given = null;
        var flow = scope.Members.Run(index, given, application.Site);
        if (flow is null or { HasFailed: true })
            return flow is null ? FlowValue.Unknown : TensorValue.Failed;
        CheckWeights(application, scope.Members.Known(index), given);
        return application.IsElement
            ? FlowValue.Unknown
            : new TensorValue(flow.Shape, flow.ChannelAxis, flow.Path.ToEquatableArray());
    }

    public TensorValue? Value(string member)
    {
        var tensor = scope.Declaration.Tensors.FirstOrDefault(candidate => candidate.Property.Name == member);
        if (tensor?.Attribute["Shape"]?.Text is not { } text)
            return null;
        return TensorValue.Constant(ShapeParser.Parse(text, scope.Sizes, out _, bindsFirst: true)?.Shape);
    }

    public DeclaredInput? Declared(string member)
    {
        if (scope.Members.Find(member) is not { } index || scope.Declaration.Stages[index].InputShape is not { } text)
            return null;
        return ShapeParser.Parse(text, scope.Sizes, out _) is { IsOpen: false } shape
            ? new(shape, new(index, Argument: Anchor.InputShape))
            : null;
    }

    /// <summary>Where nothing says which axis has the channels, it is the one that the first layer takes.</summary>
    private int? Channels(int index, Shape? shape) =>
        scope.Declaration.Stages[index].Layers is { Count: > 0 } layers && layers[0].Attribute == "Linear"
            ? shape?.Rank - 1
            : FlowShape.Of(shape).ChannelAxis;

    /// <summary>Whether a stage certainly does not take a shape, which is reported at the call.</summary>
    private bool IsRefused(int index, Shape given) =>
        scope.Declaration.Stages[index].InputShape is { } text
        && ShapeParser.Parse(text, scope.Sizes, out _) is { } declared
        && DeclaredShapes.Conflict(declared, given, Anchor.Class, null) is not null;

    /// <summary>A member that is called twice has one set of weights: the channels must be those of the first call.</summary>
    private void CheckWeights(MemberCall application, StageFlow? first, FlowShape? given)
    {
        if (first is null || first.Fields.Count == 0 || given?.Shape is not { } shape || first.Input is not { } taken)
            return;
        if (shape.Rank != taken.Rank || given.ChannelAxis is not { } axis || shape[axis] is not { } size || taken[axis] is not { } other
            || (size - other).Value is null or 0)
            return;
        Findings.Add(new(
            Rules.LayerDoesNotFit,
            application.Site,
            new[]
            {
                first.Stage.Name, $"[{taken}]", $"{shape}",
                "a stage has one set of weights for all its calls; declare a second stage",
            }.ToEquatableArray()) { Related = new(first.StageIndex) });
    }
}
