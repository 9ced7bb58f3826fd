using static TorchSharp.torch;

namespace ModelDsl.Training.Tests;

/// <summary>Points of the plane, labelled by the side on which they lie: a task for milliseconds.</summary>
internal sealed class Dots : IExamples<LabeledBatch>
{
    public const int Total = 40;

    /// <summary>The indices of every batch, in order.</summary>
    public List<int> Drawn { get; } = [];

    public int Count => Total;

    public LabeledBatch Batch(ReadOnlySpan<int> indices, Random? augmentation)
    {
        var inputs = new float[indices.Length * 2];
        var labels = new long[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            Drawn.Add(indices[i]);
            labels[i] = indices[i] % 2;
            inputs[2 * i] = labels[i] * 2 - 1 + 0.01f * indices[i];
            inputs[2 * i + 1] = augmentation?.NextSingle() ?? 0;
        }
        return new(tensor(inputs, [indices.Length, 2]), tensor(labels));
    }
}
