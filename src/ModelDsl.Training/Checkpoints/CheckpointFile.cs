using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ModelDsl.Training;

/// <summary>
/// A file of named sections: magic, version, the sections, a table of their names, lengths and SHA-256, and a trailer with the
/// table's length and the SHA-256 of magic, version and table. Every byte is covered by a checksum, and all are checked before
/// the first section is handed out. Magic, version and trailer stay where they are in every version.
/// </summary>
internal sealed class CheckpointFile : IDisposable
{
    /// <summary>The version of the format: it changes with whatever a section holds.</summary>
    public const int Version = 1;

    private const int VersionEnd = 12;
    private const int TrailerLength = sizeof(int) + SHA256.HashSizeInBytes;
    private static readonly byte[] s_magic = "MDLTRAIN"u8.ToArray();

    private readonly FileStream _stream;
    private readonly Dictionary<string, (long Start, long Length)> _sections = [];

    private CheckpointFile(FileStream stream) => _stream = stream;

    /// <summary>Writes a file atomically.</summary>
    public static void Write(string path, IEnumerable<CheckpointSection> sections) => AtomicFile.Write(path, stream =>
    {
        using var table = new MemoryStream();
        using var tableWriter = new BinaryWriter(table);
        Span<byte> version = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(version, Version);
        stream.Write(s_magic);
        stream.Write(version);
        table.Write(s_magic);
        table.Write(version);
        foreach (var section in sections)
        {
            var start = stream.Position;
            var checksum = WriteSection(stream, section);
            tableWriter.Write(section.Name);
            tableWriter.Write(stream.Position - start);
            tableWriter.Write(checksum);
        }
        tableWriter.Flush();
        WriteTable(stream, table.ToArray());
    });

    /// <summary>Opens a file after checking all of it.</summary>
    /// <exception cref="InvalidDataException">The file is no checkpoint or is damaged; the message says which.</exception>
    /// <exception cref="OtherVersionException">The file is whole, but another version's.</exception>
    public static CheckpointFile Open(string path)
    {
        var file = new CheckpointFile(File.OpenRead(path));
        try
        {
            file.Check(path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A reader at the start of a section.</summary>
    public BinaryReader Read(string section)
    {
        _stream.Position = _sections.TryGetValue(section, out var place)
            ? place.Start
            : throw new InvalidDataException($"{_stream.Name} has no section '{section}', which every checkpoint has.");
        return new(_stream, System.Text.Encoding.UTF8, leaveOpen: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static byte[] WriteSection(Stream stream, CheckpointSection section)
    {
        using var checksum = SHA256.Create();
        using (var hashing = new CryptoStream(stream, checksum, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashing))
            section.Write(writer);
        return checksum.Hash!;
    }

    /// <summary>The table repeats what stands at the front, so that its checksum covers that too.</summary>
    private static void WriteTable(Stream stream, byte[] front)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, front.Length - VersionEnd);
        stream.Write(front.AsSpan(VersionEnd));
        stream.Write(length);
        stream.Write(SHA256.HashData(front));
    }

    private void Check(string path)
    {
        var front = new byte[VersionEnd];
        var read = _stream.ReadAtLeast(front, VersionEnd, throwOnEndOfStream: false);
        if (!front.AsSpan(0, Math.Min(read, s_magic.Length)).SequenceEqual(s_magic.AsSpan(0, Math.Min(read, s_magic.Length))))
            throw new InvalidDataException($"{path} is no checkpoint of a training: it begins with other bytes.");

        var (table, start) = ReadTable(path);
        var version = BinaryPrimitives.ReadInt32LittleEndian(front.AsSpan(s_magic.Length));
        if (version != Version)
            throw new OtherVersionException(
                $"{path} is a checkpoint of format {version}, and this version reads format {Version}: "
                + "go on with the version that wrote it, or start anew.");
        CheckSections(path, table, start);
    }

    private (byte[] Table, long Start) ReadTable(string path)
    {
        if (_stream.Length < VersionEnd + TrailerLength)
            throw Damaged(path, $"it has {_stream.Length} bytes, too few for a checkpoint");
        var trailer = new byte[TrailerLength];
        _stream.Position = _stream.Length - TrailerLength;
        _stream.ReadExactly(trailer);
        var length = BinaryPrimitives.ReadInt32LittleEndian(trailer);
        var start = _stream.Length - TrailerLength - length;
        if (length < 0 || start < VersionEnd)
            throw Damaged(path, "its end is missing");

        var front = new byte[VersionEnd + length];
        _stream.Position = 0;
        _stream.ReadExactly(front, 0, VersionEnd);
        _stream.Position = start;
        _stream.ReadExactly(front, VersionEnd, length);
        return SHA256.HashData(front).AsSpan().SequenceEqual(trailer.AsSpan(sizeof(int)))
            ? (front[VersionEnd..], start)
            : throw Damaged(path, "its end is missing or changed");
    }

    private void CheckSections(string path, byte[] table, long tableStart)
    {
        using var reader = new BinaryReader(new MemoryStream(table));
        var start = (long)VersionEnd;
        while (reader.BaseStream.Position < table.Length)
        {
            var name = reader.ReadString();
            var length = reader.ReadInt64();
            var checksum = reader.ReadBytes(SHA256.HashSizeInBytes);
            if (start + length > tableStart || !Checksum(start, length).AsSpan().SequenceEqual(checksum))
                throw Damaged(path, $"the checksum of its section '{name}' differs");
            _sections.Add(name, (start, length));
            start += length;
        }
        if (start != tableStart)
            throw Damaged(path, $"it has {tableStart - start} bytes that belong to no section");
    }

    private byte[] Checksum(long start, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[(int)Math.Min(length, 1 << 20)];
        _stream.Position = start;
        for (var left = length; left > 0;)
        {
            var count = (int)Math.Min(left, buffer.Length);
            _stream.ReadExactly(buffer, 0, count);
            hash.AppendData(buffer, 0, count);
            left -= count;
        }
        return hash.GetHashAndReset();
    }

    private static InvalidDataException Damaged(string path, string what) => new($"{path} is damaged: {what}.");
}
