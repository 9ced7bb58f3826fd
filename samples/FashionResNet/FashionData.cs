using ModelDsl.Training;

namespace FashionResNet;

/// <summary>Fashion-MNIST: training images, varied at random, and test images as they are.</summary>
internal sealed record FashionData(LabeledImages Training, LabeledImages Test)
{
    private const int QuickImages = 2000;

    public static IReadOnlyList<string> Classes { get; } =
        ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    public static FashionData Load(string folder, bool quick)
    {
        var training = LoadSet(folder, "train", new ImageAugmentation(FlipsHorizontally: true, MaximumShift: 0));
        var test = LoadSet(folder, "t10k", default);
        if (quick)
            (training, test) = (training.Take(QuickImages), test.Take(QuickImages));

        var (mean, deviation) = training.PixelStatistics();
        training.Standardize(mean, deviation);
        test.Standardize(mean, deviation);
        return new(training, test);
    }

    private static LabeledImages LoadSet(string folder, string prefix, ImageAugmentation augmentation) => LabeledImages.Load(
        Find(folder, $"{prefix}-images-idx3-ubyte"), Find(folder, $"{prefix}-labels-idx1-ubyte"), Classes.Count, augmentation);

    private static string Find(string folder, string name)
    {
        var plain = Path.Combine(folder, name);
        if (File.Exists(plain))
            return plain;
        return File.Exists($"{plain}.gz")
            ? $"{plain}.gz"
            : throw new InvalidDataException(
                $"--data {folder} has no {name} or {name}.gz: give a folder with the four IDX files of Fashion-MNIST.");
    }
}
