namespace ModelDsl.Definition;

/// <summary>The check of a stage's input at run time.</summary>
/// <param name="Field">The field that holds it: <c>_stemInput</c>.</param>
/// <param name="Layer">The layer that takes the input, for the message.</param>
/// <param name="Axes">The axes as declared.</param>
/// <param name="Sizes">C# of each axis: <c>null</c> where it is free.</param>
public sealed record InputCheck(string Field, string Layer, string Axes, EquatableArray<string> Sizes);
