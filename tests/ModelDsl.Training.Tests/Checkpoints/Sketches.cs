using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Checkpoints;

/// <summary>Images of 6 x 6 pixels with stripes across or along, varied by the loop's generator: a task for milliseconds.</summary>
internal sealed class Sketches(int count = Sketches.Total) : IExamples<LabeledBatch>
{
    public const int Total = 42;
    private const int Size = 6;

    public int Count => count;

    public LabeledBatch Batch(ReadOnlySpan<int> indices, Random? augmentation)
    {
        var pixels = new float[indices.Length * Size * Size];
        var labels = new long[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            labels[i] = indices[i] % 2;
            var image = pixels.AsSpan(i * Size * Size, Size * Size);
            for (var pixel = 0; pixel < image.Length; pixel++)
            {
                var stripe = labels[i] == 0 ? pixel / Size : pixel % Size;
                image[pixel] = stripe % 2 + 0.01f * indices[i] + 0.3f * (augmentation?.NextSingle() ?? 0);
            }
        }
        return new(tensor(pixels, [indices.Length, 1, Size, Size]).clone(), tensor(labels));
    }
}
