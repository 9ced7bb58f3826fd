namespace ModelDsl;

/// <summary>
/// Reorders, splits and joins axes by a pattern in the grammar of einops (Rogozhnikov 2022), checked when you type it.
/// </summary>
/// <remarks>
/// <code>
/// [Rearrange("n c (h p) (w q) -> n (h w) (c p q)", "p: patch, q: patch")]   // patches of an image as tokens
/// </code>
/// Names stand for axes; parentheses join axes, the last one fastest; <c>1</c> and <c>()</c> are an axis of size 1; <c>...</c>
/// stands for any number of axes. Of the sizes in parentheses that come in all but one must be given.
/// </remarks>
public sealed class RearrangeAttribute : LayerAttribute
{
    /// <summary>A pattern whose sizes all follow from the shape.</summary>
    public RearrangeAttribute(string pattern) => Pattern = pattern;

    /// <summary>A pattern with sizes by name, as arguments stand in a call: <c>"p: patch, q: patch"</c>.</summary>
    public RearrangeAttribute(string pattern, string sizes) => (Pattern, Sizes) = (pattern, sizes);

    /// <summary>The pattern.</summary>
    public string Pattern { get; }

    /// <summary>The sizes by name.</summary>
    public string? Sizes { get; }

    /// <summary>
    /// The axis of the channels in what goes out; negative counts from the end. Default: where the channels went, by the first
    /// name on their axis; where that is the first axis or none, axis 1 from rank 4 on and the last one below.
    /// </summary>
    public int ChannelAxis { get; set; }
}
