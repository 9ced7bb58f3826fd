namespace ModelDsl.Definition;

/// <summary>A method with a body that the author of a model wrote.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="OutputShape">The text of <c>[return: Shape]</c>.</param>
/// <param name="Body">Its statements.</param>
/// <param name="Captured">Names that lambdas and local functions assign or declare: nothing is known of them at any time.</param>
/// <param name="IsOpaque">Whether it holds what shapes can't be followed through: <c>goto</c>, <c>unsqueeze_</c>.</param>
public sealed record ForwardMethod(
    string Name,
    EquatableArray<ForwardParameter> Parameters,
    string? OutputShape,
    BlockStatement Body,
    EquatableArray<string> Captured,
    bool IsOpaque)
{
    /// <summary>Whether a class that derives from the model could replace it; a call then says nothing of its body.</summary>
    public bool IsVirtual { get; init; }
}
