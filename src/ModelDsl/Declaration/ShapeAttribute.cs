namespace ModelDsl;

/// <summary>
/// Names the axes of a stage's input, of a further tensor that it takes, of what goes into a layer that is a property, or of what
/// a stage returns (<c>[return: Shape("N, classes")]</c>).
/// </summary>
/// <remarks>
/// <c>[Shape("N, inChannels, H, W")]</c>: a name that starts with an upper-case letter is a free size; a lower-case one
/// is a size expression over the constructor's parameters and the expression-bodied properties; <c>?</c> is a size that
/// is not known; <c>...</c> leaves leading axes open. Every later shape is inferred. The generated body checks the sizes that are
/// given when it runs.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Property)]
public sealed class ShapeAttribute(string axes) : Attribute
{
    /// <summary>The axes, separated by commas.</summary>
    public string Axes { get; } = axes;

    /// <summary>Where the channels stand. Default: axis 1 from rank 4 on, the last axis below.</summary>
    public Layout Layout { get; set; }
}
