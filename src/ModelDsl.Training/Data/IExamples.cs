namespace ModelDsl.Training;

/// <summary>Examples in memory that come in batches of any kind: images with labels, token sequences, graphs.</summary>
/// <typeparam name="TBatch">What a training step consumes.</typeparam>
public interface IExamples<out TBatch>
{
    /// <summary>The number of examples.</summary>
    int Count { get; }

    /// <summary>The examples at <paramref name="indices"/>, in that order. Called inside the step's DisposeScope.</summary>
    /// <remarks>
    /// A tensor that is made of a managed array lies where the array lies, and libtorch's kernels round by the alignment of what
    /// they read: clone it, so that the same seed gives the same bits.
    /// </remarks>
    /// <param name="indices">Which examples.</param>
    /// <param name="augmentation">The source of random augmentation, or null for the examples as they are.</param>
    TBatch Batch(ReadOnlySpan<int> indices, Random? augmentation);
}
