namespace ModelDsl.Definition;

/// <summary>A size that must be positive, equal to another, or a multiple of another when the model is built.</summary>
/// <param name="Stage">The stage that declares it.</param>
/// <param name="Code">C# over the constructor's parameters.</param>
/// <param name="EqualTo">C# of the size that it must be equal to.</param>
/// <param name="Layer">The layer that demands the equality: <c>Shortcut</c>.</param>
/// <param name="MultipleOf">C# of the size that it must be a multiple of: channels that divide into groups.</param>
public sealed record SizeCheck(
    string Stage, string Code, string? EqualTo = null, string Layer = "", string? MultipleOf = null);
