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
        if (scope.Members.Run(index, given, application.Site) is not { } flow)
            return FlowValue.Unknown;
        if (scope.Members.Conflict(flow, application.Site) is { } conflict)
            Findings.Add(conflict);
        if (flow.HasFailed)
            return TensorValue.Failed;
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
        shape is { Rank: > 0 }
        && scope.Declaration.Stages[index].Layers is { Count: > 0 } layers
        && layers[0].Attribute == "Linear"
            ? shape.Rank - 1
            : FlowShape.Of(shape).ChannelAxis;

    /// <summary>Whether a stage certainly does not take a shape, which is reported at the call.</summary>
    private bool IsRefused(int index, Shape given) =>
        scope.Declaration.Stages[index].InputShape is { } text
        && ShapeParser.Parse(text, scope.Sizes, out _) is { } declared
        && DeclaredShapes.Conflict(declared, given, Anchor.Class, null) is not null;
}
