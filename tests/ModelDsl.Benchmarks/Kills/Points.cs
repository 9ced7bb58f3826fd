using ModelDsl.Training;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Kills;

/// <summary>Points of a plane with a class each; the loop's generator moves them a little.</summary>
internal sealed class Points : IExamples<LabeledBatch>
{
    public const int Axes = 16;

    public int Count => 64;

    public LabeledBatch Batch(ReadOnlySpan<int> indices, Random? augmentation)
    {
        var inputs = new float[indices.Length * Axes];
        var labels = new long[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            labels[i] = indices[i] % 2;
            for (var axis = 0; axis < Axes; axis++)
                inputs[i * Axes + axis] = (labels[i] == axis % 2 ? 1 : -1) + (augmentation?.NextSingle() ?? 0);
        }
        // libtorch's own memory: the alignment of a managed array changes the last bits.
        return new(tensor(inputs, [indices.Length, Axes]).clone(), tensor(labels));
    }
}
