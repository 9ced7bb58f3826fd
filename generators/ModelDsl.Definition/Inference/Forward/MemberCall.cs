namespace ModelDsl.Definition;

/// <summary>A call of a stage, a layer or a block in a hand-written body.</summary>
/// <param name="Member">The stage or property.</param>
/// <param name="Input">What flows in.</param>
/// <param name="Contexts">The further arguments, in order.</param>
/// <param name="IsElement">Whether one of repeated blocks is called, not all of them.</param>
/// <param name="Site">Where the call stands.</param>
public sealed record MemberCall(
    string Member,
    FlowValue Input,
    EquatableArray<FlowValue> Contexts,
    bool IsElement,
    Anchor Site);
