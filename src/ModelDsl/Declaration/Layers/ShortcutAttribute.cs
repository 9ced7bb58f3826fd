namespace ModelDsl;

/// <summary>
/// Adds the stage's input at this point. Where the shapes differ, the input is first brought to the branch's; whether they differ
/// may depend on the constructor's parameters.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(nameof(channels), 3, Stride = nameof(stride)), Norm, ReLU,
///  Conv2d(nameof(channels), 3), Norm, Shortcut, ReLU]             // norm2.add_(_shortcut?.call(x) ?? x)
/// [..., Shortcut(Scale = BranchScale.SkipInit)]                       // norm2.mul(_bodySkipInit).add_(x)
/// </code>
/// A learned scale is a parameter of the model itself, without axes. It is called as the shortcut is: <c>body_skip_init</c>, or
/// <c>Name</c> where there is no projection, and <c>Name</c> with <c>_skip_init</c> behind it beside one.
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
    /// What the branch is multiplied by before it is added: a number, an expression over the constructor's parameters in a
    /// string (<c>"1 / sqrt(blocks)"</c>), or <see cref="BranchScale.SkipInit"/> for a number that is learned. Default: 1.
    /// </summary>
    public object Scale { get; set; } = 1.0;

    /// <summary>
    /// What the other path, the stage's input or <see cref="From"/>, is multiplied by behind its projection: a number or an
    /// expression. With <c>"sqrt(0.5)"</c> for both the sum of independent paths keeps their variance. Default: 1.
    /// </summary>
    public object InputScale { get; set; } = 1.0;

    /// <summary>
    /// What the learned number of <see cref="BranchScale.SkipInit"/> starts at: a number or an expression. Default: 0.
    /// </summary>
    public object Initial { get; set; } = 0.0;

    /// <summary>
    /// Whether the scale of the normalization at the end of the branch starts at 0, so that the residual is the identity at first
    /// (Goyal et al. 2017; <c>zero_init_residual</c> of torchvision, <c>zero_init_last</c> of timm). Of variants that act on
    /// weights it is the gain of the last weight layer. Default: no.
    /// </summary>
    public bool ZeroInit { get; set; }
}
