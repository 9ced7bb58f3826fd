namespace ModelDsl;

/// <summary>
/// Multi-head self-attention (Vaswani et al. 2017): <c>[N, T, C]</c> to the same. In the state dict it has the names of PyTorch's
/// <c>MultiheadAttention</c>.
/// </summary>
/// <remarks>
/// <code>
/// [Norm, SelfAttention(nameof(heads), Causal = true), Shortcut] // _attendAttention = new SelfAttention("Block.Attend", width,
/// heads, causal: true) private partial Tensor Attend([Shape("N, T, width")] Tensor x, Tensor? mask = null); // ... .call(norm,
/// mask)
/// </code>
/// A tensor <c>mask</c> of the stage's signature says what is attended to: booleans, true where a position is; or numbers,
/// which are added to the scores. It broadcasts to <c>[N, heads, T, T]</c>.
/// </remarks>
public sealed class SelfAttentionAttribute : LayerAttribute
{
    /// <summary>Attention with <paramref name="heads"/> heads, which must divide the channels.</summary>
    public SelfAttentionAttribute(int heads) => Heads = heads;

    /// <inheritdoc cref="SelfAttentionAttribute(int)"/>
    public SelfAttentionAttribute(string heads) => Heads = heads;

    /// <summary>The number of heads.</summary>
    public object Heads { get; }

    /// <summary>Whether a position attends only to itself and to those before it. Default: no.</summary>
    public bool Causal { get; set; }

    /// <summary>
    /// The probability with which an attention weight is zeroed while training. A number or an expression. Default: 0.
    /// </summary>
    public object Dropout { get; set; } = 0.0;

    /// <summary>Whether the projections add biases. Default: yes.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// <c>nameof</c> of the stage's parameter that is the mask. Default: the one of the name <c>mask</c>, if any.
    /// </summary>
    public string? Mask { get; set; }
}
