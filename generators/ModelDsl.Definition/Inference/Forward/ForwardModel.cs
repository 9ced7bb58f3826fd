namespace ModelDsl.Definition;

/// <summary>What a hand-written body is interpreted against.</summary>
/// <param name="Methods">The hand-written methods of the class; anchors name them by their place in this list.</param>
/// <param name="Parameters">The constructor's parameters.</param>
/// <param name="Sizes">What names mean as sizes.</param>
/// <param name="Members">The stages, layers, blocks, parameters and buffers.</param>
public sealed record ForwardModel(
    EquatableArray<ForwardMethod> Methods,
    EquatableArray<ParameterDeclaration> Parameters,
    SizeScope Sizes,
    IForwardMembers Members);
