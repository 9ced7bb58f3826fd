using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Workloads;

/// <summary>Random images and labels, the same for every network of a comparison.</summary>
internal sealed class ImageBatch : IDisposable
{
    private const long Seed = 1;

    public ImageBatch(int size)
    {
        using var generator = new Generator(Seed);
        Images = randn([size, 3, 32, 32], generator: generator);
        Labels = randint(0, Networks.NetworkFactory.Classes, [size], dtype: ScalarType.Int64, generator: generator);
    }

    public Tensor Images { get; }

    public Tensor Labels { get; }

    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
