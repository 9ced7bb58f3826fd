using System.IO.Compression;

namespace ModelDsl.Training.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.idx");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plain_and_compressed_files_are_read(bool isCompressed)
    {
        Write(Header(3, 2, 2, 3), 12, isCompressed);

        var file = IdxFile.Read(_path, rank: 3);

        Assert.Equal([2, 2, 3], file.Sizes);
        Assert.Equal(Enumerable.Range(0, 12).Select(value => (byte)value), file.Values);
    }

    [Fact]
    public void A_wrong_magic_number_is_named() => Refuses(Header(1, 4), 4, "expected the magic number 0x00000803", "found 0x00000801");

    [Fact]
    public void A_truncated_file_says_what_is_there() => Refuses(Header(3, 2, 2, 3), 11, "expected 12 values (2 x 2 x 3)", "only 11");

    [Fact]
    public void A_truncated_header_is_named() => Refuses(Header(3, 2, 2, 3)[..9], 0, "header of 16 bytes", "found 9");

    [Fact]
    public void Trailing_values_are_refused() => Refuses(Header(3, 2, 2, 3), 13, "expected 12 values", "found more");

    [Fact]
    public void An_empty_file_is_refused() => Refuses([], 0, "a file of 0 bytes");

    [Fact]
    public void Sizes_beyond_memory_are_refused_without_asking_for_it() =>
        Refuses(Header(3, int.MaxValue, int.MaxValue, 4), 4, "2147483647 x 2147483647 x 4");

    [Fact]
    public void Damaged_compression_is_refused()
    {
        Write(Header(3, 2, 2, 3), 12, isCompressed: true);
        var bytes = File.ReadAllBytes(_path);
        bytes[10] = 0xff;
        File.WriteAllBytes(_path, bytes);

        Assert.StartsWith(_path, Assert.Throws<InvalidDataException>(() => IdxFile.Read(_path, rank: 3)).Message, StringComparison.Ordinal);
    }

    private void Refuses(byte[] header, int values, params string[] words)
    {
        Write(header, values, isCompressed: false);
        var message = Assert.Throws<InvalidDataException>(() => IdxFile.Read(_path, rank: 3)).Message;
        Assert.All(words.Append(_path), word => Assert.Contains(word, message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
    }

    private void Write(byte[] header, int values, bool isCompressed)
    {
        byte[] content = [.. header, .. Enumerable.Range(0, values).Select(value => (byte)value)];
        using var file = File.Create(_path);
        using Stream stream = isCompressed ? new GZipStream(file, CompressionLevel.Optimal) : file;
        stream.Write(content);
    }

    private static byte[] Header(byte rank, params int[] sizes) =>
        [0, 0, 8, rank, .. sizes.SelectMany(size => BitConverter.GetBytes(size).Reverse())];
}
