using System.IO.Compression;

namespace ModelDsl;

/// <summary>A run of bytes in a file, as it stands there or deflated.</summary>
/// <param name="File">The file.</param>
/// <param name="What">What it is called in messages.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="StoredLength">Its bytes in the file.</param>
/// <param name="Length">Its bytes once inflated.</param>
/// <param name="IsDeflated">Whether it is deflated.</param>
internal sealed record ByteRegion(InputFile File, string What, long Offset, long StoredLength, long Length, bool IsDeflated)
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Opens it behind its first <paramref name="skipped"/> bytes.</summary>
    public Stream Open(long skipped)
    {
        var stored = new FileRange(File, Offset, StoredLength);
        if (!IsDeflated)
        {
            stored.Skip(skipped);
            return stored;
        }
        var inflated = new DeflateStream(stored, CompressionMode.Decompress);
        Pass(inflated, skipped);
        return inflated;
    }

    /// <summary>Reads all of a span.</summary>
    /// <exception cref="WeightFileException">The file ends before, or the bytes can't be inflated.</exception>
    public void Fill(Stream stream, Span<byte> bytes)
    {
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            throw File.Wrong($"{What} ends or is damaged before its {Length} bytes; the file is incomplete.", exception);
        }
    }

    /// <summary>Inflates what is deflated, to see that it has the length that it claims, and keeps nothing of it.</summary>
    /// <exception cref="WeightFileException">It hasn't.</exception>
    public void Verify()
    {
        if (!IsDeflated)
            return;
        using var stream = Open(Length);
        if (More(stream))
            throw File.Wrong($"{What} has more than the {Length} bytes that it claims.");
    }

    /// <summary>Reads it whole.</summary>
    /// <exception cref="WeightFileException">It is damaged, or longer than the limit.</exception>
    public byte[] ReadAll(int limit)
    {
        if (Length > limit)
            throw File.Wrong($"{What} has {Length} bytes; at most {limit} are read.");
        using var stream = Open(0);
        // Claims of deflated entries are believed only as far as bytes come.
        var bytes = new byte[IsDeflated ? Math.Min(Length, ChunkBytes) : Length];
        for (var done = 0; done < Length; done = bytes.Length)
        {
            if (done > 0)
                Array.Resize(ref bytes, (int)Math.Min(Length, 2L * done));
            Fill(stream, bytes.AsSpan(done));
        }
        return bytes;
    }

    private bool More(Stream stream)
    {
        try
        {
            return stream.ReadByte() >= 0;
        }
        catch (InvalidDataException exception)
        {
            throw File.Wrong($"{What} is damaged behind its {Length} bytes.", exception);
        }
    }

    private void Pass(Stream stream, long count)
    {
        Span<byte> passed = stackalloc byte[4096];
        for (; count > 0; count -= passed.Length)
        {
            passed = passed[..(int)Math.Min(count, passed.Length)];
            Fill(stream, passed);
        }
    }
}
