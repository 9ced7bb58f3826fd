namespace ModelDsl;

/// <summary>
/// Names the axes of a stage's input, or of what it returns (<c>[return: Shape("N, classes")]</c>).
/// </summary>
/// <remarks>
/// <c>[Shape("N, inChannels, H, W")]</c>: a name that starts with an upper-case letter is a free size; a lower-case one
/// is a size expression over the constructor's parameters and the expression-bodied properties; <c>?</c> is a size that
/// is not known. Every later shape is inferred. The generated body checks the sizes that are given when it runs.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue)]
public sealed class ShapeAttribute(string axes) : Attribute
{
    /// <summary>The axes, separated by commas.</summary>
    public string Axes { get; } = axes;
}
