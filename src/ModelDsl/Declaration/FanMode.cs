namespace ModelDsl;

/// <summary>
/// What Kaiming's schemes keep from layer to layer. The fans of a weight <c>[out, in, kernel...]</c> are its second and first
/// size times the kernel's positions, as in PyTorch: groups are not counted, and transposed convolutions, whose weight is
/// <c>[in, out, kernel...]</c>, have theirs exchanged.
/// </summary>
public enum FanMode
{
    /// <summary>The variance of what goes forward: n is the number of values that each output sums over.</summary>
    In = 0,

    /// <summary>The variance of what goes backward: n is the number of outputs that each input reaches.</summary>
    Out = 1,
}
