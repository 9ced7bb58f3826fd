using static TorchSharp.torch;

namespace ModelApp._1;

/// <summary>Images of 16 x 16 pixels with a bar in one of four directions, in noise.</summary>
public static class BarImages
{
    public const int Directions = 4;

    private const int Size = 16;

    /// <summary>Draws images <c>[count, 1, 16, 16]</c> and the numbers of their directions <c>[count]</c>.</summary>
    public static (Tensor Images, Tensor Labels) Draw(int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new float[count * Size * Size];
        var labels = new long[count];
        for (var image = 0; image < count; image++)
        {
            labels[image] = random.Next(Directions);
            Draw(pixels.AsSpan(image * Size * Size, Size * Size), (int)labels[image], random);
        }
        return (tensor(pixels, [count, 1, Size, Size]), tensor(labels));
    }

    private static void Draw(Span<float> pixels, int direction, Random random)
    {
        foreach (ref var pixel in pixels)
            pixel = 0.5f * random.NextSingle();
        var place = random.Next(4, Size - 4);
        for (var step = -4; step < 4; step++)
        {
            var (row, column) = direction switch
            {
                0 => (place, place + step),
                1 => (place + step, place),
                2 => (place + step, place + step),
                _ => (place + step, place - step),
            };
            pixels[Math.Clamp(row, 0, Size - 1) * Size + Math.Clamp(column, 0, Size - 1)] += 1;
        }
    }
}
