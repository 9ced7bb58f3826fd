namespace ModelDsl.Definition;

/// <summary>What is known of the author's <c>forward</c>.</summary>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it returns.</param>
/// <param name="Path">The layers that a signal passes.</param>
internal sealed record ForwardFacts(FlowShape Input, FlowShape Output, EquatableArray<PathStep> Path)
{
    public static readonly ForwardFacts Unknown = new(FlowShape.Unknown, FlowShape.Unknown, default);
}
