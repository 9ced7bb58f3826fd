namespace ModelDsl;

/// <summary>
/// Adds the stage's input at this point. Where the shapes differ, the input is first brought to the branch's; whether they differ
/// may depend on the constructor's parameters.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(nameof(channels), 3, Stride = nameof(stride)), Norm, ReLU,
///  Conv2d(nameof(channels), 3), Norm, Shortcut, ReLU]             // norm2.add_(_shortcut?.call(x) ?? x)
/// </code>
/// </remarks>
public sealed class ShortcutAttribute : LayerAttribute
{
    /// <summary>
    /// What is added: a <see cref="LabelAttribute"/> before it in the stage, or <c>nameof</c> of a further tensor that the stage
    /// takes, such as what an earlier stage of that name returned. Default: the stage's input.
    /// </summary>
    public string? From { get; set; }

    /// <summary>The kernel of the convolution that matches shapes; odd. Default: 1.</summary>
    public object Kernel { get; set; } = 1;

    /// <summary>How shapes are matched where they differ. Default: by a convolution and a normalization.</summary>
    public Downsample Downsample { get; set; }

    /// <summary>
    /// What the branch is multiplied by before it is added: a number, or an expression over the constructor's parameters in a
    /// string. Default: 1.
    /// </summary>
    public object Scale { get; set; } = 1.0;
}
