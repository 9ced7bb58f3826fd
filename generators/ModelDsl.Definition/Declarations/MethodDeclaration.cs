namespace ModelDsl.Definition;

/// <summary>A hand-written method of a tensor, which a stage may call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Input">What flows into it.</param>
/// <param name="Contexts">What it takes beside.</param>
/// <param name="OutputShape">The text of its <c>[return: Shape]</c>.</param>
/// <param name="OutputLayout">Where the channels of its result were said to be.</param>
public sealed record MethodDeclaration(
    string Name,
    ContextDeclaration Input,
    EquatableArray<ContextDeclaration> Contexts,
    string? OutputShape,
    ChannelLayout OutputLayout);
