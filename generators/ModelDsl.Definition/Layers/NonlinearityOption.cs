namespace ModelDsl.Definition;

/// <summary>A number that an activation takes.</summary>
/// <param name="Name">The attribute's property: <c>NegativeSlope</c>.</param>
/// <param name="Default">Its value where nothing is written; null where the attribute demands one.</param>
/// <param name="Least">The least value for which the in-place form is the same function; it has no backward pass below.</param>
public sealed record NonlinearityOption(string Name, double? Default, double? Least = null);
