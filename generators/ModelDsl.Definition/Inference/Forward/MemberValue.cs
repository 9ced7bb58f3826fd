namespace ModelDsl.Definition;

/// <summary>A member of the class that can be called: a layer, a block, or an element of repeated blocks.</summary>
public sealed record MemberValue(string Name, bool IsElement = false) : FlowValue;
