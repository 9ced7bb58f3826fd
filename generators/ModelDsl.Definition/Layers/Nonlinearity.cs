namespace ModelDsl.Definition;

/// <summary>An activation: what its attribute means in C#.</summary>
/// <param name="Attribute">The attribute, and the factory of the runtime value: <c>LeakyReLU</c>.</param>
/// <param name="Kind">Its name in bodies, snake_case.</param>
/// <param name="Expression">
/// C# with <c>{0}</c> for the tensor and <c>{1}</c>, <c>{2}</c> for the options; null for a layer of its own.
/// </param>
/// <param name="InPlace">
/// The same, changing the tensor, where its backward pass works from the result: with the others autograd would copy the input
/// first. The result must not be changed afterwards.
/// </param>
/// <param name="First">The first option.</param>
/// <param name="Second">The second option.</param>
/// <param name="Flag">An option that is a flag.</param>
public sealed record Nonlinearity(
    string Attribute,
    string Kind,
    string? Expression,
    string? InPlace = null,
    NonlinearityOption? First = null,
    NonlinearityOption? Second = null,
    string? Flag = null)
{
    /// <summary>The expression where the flag is set.</summary>
    public string? FlagExpression { get; init; }

    /// <summary>Whether the backward pass reads the result, also out of place.</summary>
    public bool BackwardNeedsOutput { get; init; }

    /// <summary>
    /// Whether a normalization of ours applies it at its end, and FilterResponseNorm and WeightNorm replace it.
    /// </summary>
    public bool IsFused { get; init; }

    /// <summary>Whether signals pass it nearly as they pass ReLU.</summary>
    public bool IsRectifier { get; init; }

    /// <summary>The layer's type, for one that has no expression.</summary>
    public string? LayerType { get; init; }

    /// <summary>The options in order.</summary>
    public IEnumerable<NonlinearityOption> Options => new[] { First, Second }.OfType<NonlinearityOption>();
}
