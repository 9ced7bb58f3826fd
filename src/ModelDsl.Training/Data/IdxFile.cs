using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelDsl.Training;

/// <summary>A file of bytes in the IDX format of MNIST: two zero bytes, type, rank, big-endian sizes, then the values.</summary>
public sealed class IdxFile
{
    private const byte UnsignedByte = 0x08;

    private IdxFile(int[] sizes, byte[] values)
    {
        Sizes = sizes;
        Values = values;
    }

    /// <summary>The size of every axis.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The values, the last axis running fastest.</summary>
    public byte[] Values { get; }

    /// <summary>Reads a file, gzip-compressed or not, and checks all that its header promises.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">The number of axes that it must have.</param>
    /// <exception cref="InvalidDataException">The file is damaged or something else; the message names it.</exception>
    public static IdxFile Read(string path, int rank)
    {
        using var file = File.OpenRead(path);
        using var stream = IsCompressed(file) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        try
        {
            var sizes = ReadHeader(stream, path, rank);
            return new(sizes, ReadValues(stream, path, sizes));
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw Damaged(path, $"expected gzip data, found damage ({exception.Message})");
        }
    }

    private static bool IsCompressed(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip;
    }

    private static int[] ReadHeader(Stream stream, string path, int rank)
    {
        var header = new byte[4 + 4 * rank];
        var read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        var expected = UnsignedByte << 8 | rank;
        if (read < 4)
            throw Damaged(path, $"expected the magic number 0x{expected:x8}, found a file of {read} bytes");
        var magic = BinaryPrimitives.ReadInt32BigEndian(header);
        if (magic != expected)
            throw Damaged(path, $"expected the magic number 0x{expected:x8} (unsigned bytes, {rank} axes), found 0x{magic:x8}");
        if (read < header.Length)
            throw Damaged(path, $"expected a header of {header.Length} bytes, found {read}");

        var sizes = new int[rank];
        for (var axis = 0; axis < rank; axis++)
            sizes[axis] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + 4 * axis));
        return sizes;
    }

    private static byte[] ReadValues(Stream stream, string path, int[] sizes)
    {
        var shape = string.Join(" x ", sizes);
        var expected = sizes.Aggregate(1.0, (product, size) => product * size);
        if (sizes.Any(size => size < 1) || expected > Array.MaxLength)
            throw Damaged(path, $"expected positive sizes of at most {Array.MaxLength} values, found {shape}");

        var values = ReadAtMost(stream, (int)expected);
        if (values.Length < (int)expected)
            throw Damaged(path, $"expected {expected:0} values ({shape}), found only {values.Length}: the file is cut off");
        if (stream.ReadByte() >= 0)
            throw Damaged(path, $"expected {expected:0} values ({shape}), found more");
        return values;
    }

    /// <summary>Grows with what is there, so that a damaged header cannot ask for gigabytes.</summary>
    private static byte[] ReadAtMost(Stream stream, int count)
    {
        using var values = new MemoryStream();
        var chunk = new byte[1 << 16];
        while (values.Length < count)
        {
            var read = stream.Read(chunk, 0, (int)Math.Min(chunk.Length, count - values.Length));
            if (read == 0)
                break;
            values.Write(chunk, 0, read);
        }
        return values.ToArray();
    }

    private static InvalidDataException Damaged(string path, string what) =>
        new($"{path} is not the IDX file it should be: {what}.");
}
