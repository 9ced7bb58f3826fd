using TorchSharp;

namespace ModelDsl;

/// <content>Folding for inference.</content>
public readonly partial record struct Normalization
{
    /// <summary>
    /// Multiplies normalizations into the weights before them, in place, so that inference skips them; outputs in evaluation
    /// stay what they were, up to rounding. In other words: fuses convolutions and BatchNorm.
    /// </summary>
    /// <param name="module">The module, in evaluation mode: a declared model, a sequence, or whatever holds these.</param>
    /// <remarks>
    /// <para>
    /// BatchNorm and variance normalization with running statistics are folded into the convolution, transposed convolution or
    /// linear layer that runs directly before them in a declared stage, in the projection of a shortcut or in
    /// <c>nn.Sequential</c>: W' = W g / sqrt(var + epsilon) and b' = (b - mean) g / sqrt(var + epsilon) + beta, computed in
    /// float64. Layers that normalize their weight keep the weight that they compute with. Other normalizations stay, and the
    /// report says why.
    /// </para>
    /// <para>
    /// The state dict loses the entries of what is folded and gains a bias where a weight layer had none. It loads into a
    /// model that was folded alike, not into one that wasn't. A folded module can't be trained: <c>train()</c> throws.
    /// </para>
    /// </remarks>
    /// <returns>What became of every normalization.</returns>
    /// <exception cref="InvalidOperationException">Something is in training mode; nothing was changed.</exception>
    /// <example>
    /// <code>
    /// model.load("resnet.dat");
    /// model.eval();
    /// Console.WriteLine(Normalization.Fold(model));
    /// </code>
    /// </example>
    public static FoldingReport Fold(torch.nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Folder.Fold(module);
    }
}
