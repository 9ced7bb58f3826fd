using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

/// <summary>Damaged files: whatever happens to them, one kind of exception, and no more memory than a multiple of the file.</summary>
public sealed class CorruptionTests
{
    private const int Flips = 1000;

    public static TheoryData<string> Files =>
    [
        "small.safetensors", "types.safetensors", "model.safetensors.index.json", "small.pth", "deflated.pth", "nested.pth",
        "views.pth",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_anywhere_is_refused(string name)
    {
        using var folder = Shards();
        var contents = File.ReadAllBytes(Fixture.Path(name));
        Assert.Null(Open(folder.Write("whole", contents)));
        for (var length = 0; length < contents.Length; length++)
            Assert.NotNull(Open(folder.Write("cut", contents[..length])));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Flipped_bytes_are_refused_or_harmless(string name)
    {
        using var folder = Shards();
        var contents = File.ReadAllBytes(Fixture.Path(name));
        var random = new Random(20_261_123);
        var refused = 0;
        for (var flip = 0; flip < Flips; flip++)
        {
            var damaged = (byte[])contents.Clone();
            for (var count = random.Next(1, 4); count > 0; count--)
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            refused += Open(folder.Write("flipped", damaged)) is null ? 0 : 1;
        }
        // Most bytes of these files are headers; a flip among the values or in a checksum is harmless.
        Assert.InRange(refused, Flips / 4, Flips);
    }

    [Fact]
    public void A_flip_never_loads_by_halves()
    {
        using var folder = new TemporaryFolder();
        using var model = new SmallNet();
        var random = new Random(7);
        var loaded = 0;
        foreach (var name in new[] { "small.safetensors", "small.pth", "deflated.pth" })
        {
            var contents = File.ReadAllBytes(Fixture.Path(name));
            for (var flip = 0; flip < 300; flip++)
            {
                var damaged = (byte[])contents.Clone();
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                if (Load(model, folder.Write("flipped", damaged)))
                {
                    loaded++;
                    using var gradients = no_grad();
                    foreach (var parameter in model.parameters())
                        parameter.fill_(100);
                }
                Assert.True(model.IsUntouched);
            }
        }
        Assert.InRange(loaded, 1, 899);
    }

    private static bool Load(SmallNet model, string path)
    {
        try
        {
            ModelWeights.Load(model, path);
            return true;
        }
        catch (Exception exception) when (exception is WeightFileException or WeightMismatchException)
        {
            Assert.DoesNotContain('\n', exception.Message);
            return false;
        }
    }

    /// <summary>Opens a file and reads all that is in it.</summary>
    private static string? Open(string path)
    {
        using var scope = NewDisposeScope();
        var length = new FileInfo(path).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var file = WeightFile.Open(path);
            // A view may repeat values, up to 2^20 of them; deflated bytes grow a thousandfold at most.
            Assert.All(file.Entries, entry => Assert.InRange(entry.Count, 0, Math.Max(1 << 20, 1032 * length)));
            foreach (var entry in file.Entries)
                file.Read(entry.Name).Dispose();
            return null;
        }
        catch (WeightFileException exception)
        {
            Assert.StartsWith($"{exception.Path}: ", exception.Message);
            Assert.DoesNotContain('\n', exception.Message);
            return exception.Message;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000 + (100 * length));
        }
    }

    private static TemporaryFolder Shards()
    {
        var folder = new TemporaryFolder();
        foreach (var name in new[] { "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors" })
            File.Copy(Fixture.Path(name), folder.File(name));
        return folder;
    }
}
