namespace ModelDsl;

/// <summary>
/// Calls a method of the class on what flows: a stage, or a hand-written method with <see cref="ShapeAttribute"/> on what it
/// takes and returns.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), Call(nameof(Normalize)), ReLU]
/// private partial Tensor Stem([Shape("N, 3, H, W")] Tensor x);
///
/// [return: Shape("N, C, H, W")]
/// private static Tensor Normalize([Shape("N, C, H, W")] Tensor x) =&gt; x / x.norm();
/// </code>
/// A stage that is called is not part of the chain of stages.
/// </remarks>
/// <param name="method"><c>nameof</c> of the method.</param>
public sealed class CallAttribute(string method) : LayerAttribute
{
    /// <summary>The method.</summary>
    public string Method { get; } = method;
}
