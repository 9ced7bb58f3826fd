using System.Security.Cryptography;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>Grey images of one size with a class each, kept as bytes and standardized when a batch is made.</summary>
public sealed class LabeledImages : IExamples<LabeledBatch>
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly float[] _standardized = new float[256];

    private LabeledImages(byte[] pixels, byte[] labels, int height, int width)
    {
        _pixels = pixels;
        _labels = labels;
        Height = height;
        Width = width;
        Standardize(mean: 0, deviation: 1);
    }

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <summary>The rows of an image.</summary>
    public int Height { get; }

    /// <summary>The columns of an image.</summary>
    public int Width { get; }

    /// <summary>How images are varied where a batch is asked for with augmentation.</summary>
    public ImageAugmentation Augmentation { get; init; }

    /// <summary>Reads images and labels in the IDX format.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, they don't fit, or a label is no class; the message
    /// says which.</exception>
    public static LabeledImages Load(string imagesPath, string labelsPath, int classes, ImageAugmentation augmentation = default)
    {
        var images = IdxFile.Read(imagesPath, rank: 3);
        var labels = IdxFile.Read(labelsPath, rank: 1);
        if (labels.Sizes[0] != images.Sizes[0])
            throw new InvalidDataException(
                $"{labelsPath} does not fit {imagesPath}: "
                    + $"expected {images.Sizes[0]} labels, found {labels.Sizes[0]}.");
        var wrong = Array.FindIndex(labels.Values, label => label >= classes);
        if (wrong >= 0)
            throw new InvalidDataException(
                $"{labelsPath}: expected labels below {classes}, found {labels.Values[wrong]} at {wrong}.");
        return new(images.Values, labels.Values, images.Sizes[1], images.Sizes[2]) { Augmentation = augmentation };
    }

    /// <summary>The first <paramref name="count"/> images, or all where there are fewer.</summary>
    public LabeledImages Take(int count)
    {
        var kept = Math.Min(count, Count);
        var first = new LabeledImages(
            _pixels[..(kept * Height * Width)],
            _labels[..kept],
            Height,
            Width) { Augmentation = Augmentation };
        _standardized.CopyTo(first._standardized, 0);
        return first;
    }

    /// <summary>Makes batches of <c>(pixel / 255 - mean) / deviation</c>.</summary>
    public void Standardize(double mean, double deviation)
    {
        for (var level = 0; level < _standardized.Length; level++)
            _standardized[level] = (float)((level / 255.0 - mean) / deviation);
    }

    /// <summary>Mean and standard deviation of the pixels, scaled to [0, 1].</summary>
    public (double Mean, double Deviation) PixelStatistics()
    {
        var counts = new long[256];
        foreach (var pixel in _pixels)
            counts[pixel]++;
        double sum = 0, squares = 0;
        for (var level = 0; level < counts.Length; level++)
        {
            sum += counts[level] * (level / 255.0);
            squares += counts[level] * (level / 255.0) * (level / 255.0);
        }
        var mean = sum / _pixels.Length;
        return (mean, Math.Sqrt(squares / _pixels.Length - mean * mean));
    }

    /// <summary>16 hexadecimal digits that other images or labels wouldn't have.</summary>
    public string Checksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_labels);
        hash.AppendData(_pixels);
        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }

    /// <inheritdoc/>
    public LabeledBatch Batch(ReadOnlySpan<int> indices, Random? augmentation)
    {
        var area = Height * Width;
        var pixels = new float[indices.Length * area];
        var labels = new long[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            labels[i] = _labels[indices[i]];
            Draw(_pixels.AsSpan(indices[i] * area, area), pixels.AsSpan(i * area, area), augmentation);
        }
        // In libtorch's own memory, which is aligned: the same seed gives the same bits.
        return new(tensor(pixels, [indices.Length, 1, Height, Width]).clone(), tensor(labels));
    }

    private void Draw(ReadOnlySpan<byte> image, Span<float> target, Random? random)
    {
        var isMirrored = random is not null && Augmentation.FlipsHorizontally && random.Next(2) == 1;
        var down = RandomShift(random);
        var right = RandomShift(random);
        for (var row = 0; row < Height; row++)
        {
            for (var column = 0; column < Width; column++)
            {
                var fromRow = row - down;
                var fromColumn = (isMirrored ? Width - 1 - column : column) - right;
                var isInside = (uint)fromRow < (uint)Height && (uint)fromColumn < (uint)Width;
                target[row * Width + column] = _standardized[isInside ? image[fromRow * Width + fromColumn] : 0];
            }
        }
    }

    private int RandomShift(Random? random) =>
        random is null || Augmentation.MaximumShift == 0
            ? 0
            : random.Next(-Augmentation.MaximumShift, Augmentation.MaximumShift + 1);
}
