namespace ModelDsl.Definition;

/// <summary>A parameter of a hand-written method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Shape">The text of its <c>[Shape]</c>.</param>
/// <param name="ChannelsFirst">Whether its <c>[Shape]</c> states channels on axis 1, or on the last; null where it states
/// neither.</param>
public sealed record ForwardParameter(string Name, ForwardParameterKind Kind, string? Shape = null, bool? ChannelsFirst = null);
