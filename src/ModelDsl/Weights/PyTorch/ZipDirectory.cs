using System.Buffers.Binary;
using System.Text;

namespace ModelDsl;

/// <summary>
/// The central directory of a zip archive. Unlike <c>System.IO.Compression.ZipArchive</c> it believes no size before it has been
/// compared with the file's length, and tells where stored entries stand, so that they are read in place.
/// </summary>
internal sealed class ZipDirectory
{
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int LongEndBytes = 56;
    private const int EntryBytes = 46;
    private const int LocalBytes = 30;
    private const int MaximumCommentBytes = 65535;
    private const int MaximumDirectoryBytes = 256 << 20;

    private const uint EndSignature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint LongEndSignature = 0x06064b50;
    private const uint EntrySignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;

    private const string NoArchive = "is no complete zip archive";

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly InputFile _file;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);
    private readonly long _start;

    private ZipDirectory(InputFile file, long start) => (_file, _start) = (file, start);

    public IEnumerable<string> Names => _entries.Keys;

    /// <exception cref="WeightFileException">The archive is damaged or cut short.</exception>
    public static ZipDirectory Read(InputFile file)
    {
        var (start, length, count) = Find(file);
        // Each entry takes 46 bytes at least, so the number of entries is bounded by the length, and that by the file's.
        if (length > MaximumDirectoryBytes || count > length / EntryBytes)
            throw file.Wrong($"{NoArchive}: its directory claims {count} entries in {length} bytes.");
        var bytes = new byte[length];
        file.Read(bytes, start, "the archive's directory");
        var directory = new ZipDirectory(file, start);
        ReadOnlySpan<byte> rest = bytes;
        for (var index = 0L; index < count; index++)
            rest = rest[directory.Add(rest)..];
        return rest.Length == 0
            ? directory
            : throw file.Wrong($"{NoArchive}: its directory has {rest.Length} bytes behind its entries.");
    }

    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>The bytes of an entry.</summary>
    /// <exception cref="WeightFileException">There is no such entry, or it isn't where the directory puts it.</exception>
    public ByteRegion Region(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
            throw _file.Wrong($"has no entry '{name}'; the archive is incomplete.");
        Span<byte> local = stackalloc byte[LocalBytes];
        _file.Read(local, entry.Offset, $"entry '{name}'");
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != LocalSignature)
            throw _file.Wrong($"has no entry at offset {entry.Offset}, where its directory puts '{name}'.");
        var data = entry.Offset + LocalBytes + UInt16(local, 26) + UInt16(local, 28);
        if (entry.StoredLength > _start - data)
            throw _file.Wrong($"claims {entry.StoredLength} bytes for entry '{name}' at offset {data}; the file is incomplete.");
        return new(_file, $"entry '{name}'", data, entry.StoredLength, entry.Length, entry.IsDeflated);
    }

    private static (long Start, long Length, long Count) Find(InputFile file)
    {
        var tail = new byte[Math.Min(file.Length, EndBytes + MaximumCommentBytes)];
        file.Read(tail, file.Length - tail.Length, "the archive's end");
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (UInt32(end, 0) != EndSignature || at + EndBytes + UInt16(end, 20) != tail.Length)
                continue;
            var position = file.Length - tail.Length + at;
            var found = (Start: (long)UInt32(end, 16), Length: (long)UInt32(end, 12), Count: (long)UInt16(end, 10));
            if (found.Start == uint.MaxValue || found.Length == uint.MaxValue || found.Count == ushort.MaxValue)
                (found, position) = FindLong(file, position);
            return found.Start >= 0 && found.Length >= 0 && found.Count >= 0 && found.Start <= position
                && found.Length <= position - found.Start
                    ? found
                    : throw file.Wrong($"{NoArchive}: its directory claims {found.Length} bytes at offset {found.Start}.");
        }
        throw file.Wrong($"{NoArchive}: the end of its directory is missing; the file is incomplete.");
    }

    private static ((long Start, long Length, long Count) Found, long Position) FindLong(InputFile file, long end)
    {
        Span<byte> locator = stackalloc byte[LocatorBytes];
        file.Read(locator, end - LocatorBytes, "the zip64 locator");
        var position = Int64(locator, 8);
        if (UInt32(locator, 0) != LocatorSignature || position < 0 || position > end - LocatorBytes - LongEndBytes)
            throw file.Wrong($"{NoArchive}: its zip64 locator is damaged.");
        Span<byte> record = stackalloc byte[LongEndBytes];
        file.Read(record, position, "the zip64 directory's end");
        return UInt32(record, 0) == LongEndSignature
            ? ((Int64(record, 48), Int64(record, 40), Int64(record, 32)), position)
            : throw file.Wrong($"{NoArchive}: its zip64 end is not at offset {position}.");
    }

    /// <summary>Reads one entry and tells how many bytes it took.</summary>
    private int Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < EntryBytes || UInt32(bytes, 0) != EntrySignature)
            throw _file.Wrong($"{NoArchive}: its directory is damaged behind {_entries.Count} entries.");
        var (nameLength, extraLength) = (UInt16(bytes, 28), UInt16(bytes, 30));
        var length = EntryBytes + nameLength + extraLength + UInt16(bytes, 32);
        if (length > bytes.Length)
            throw _file.Wrong($"{NoArchive}: its directory ends in the midst of an entry.");
        var name = Name(bytes.Slice(EntryBytes, nameLength));
        var (flags, method) = (UInt16(bytes, 8), UInt16(bytes, 10));
        if ((flags & 1) != 0 || method is not (0 or 8))
            throw _file.Wrong($"entry '{name}' is encrypted or of compression method {method}; expected stored or deflated.");
        long[] values = [UInt32(bytes, 24), UInt32(bytes, 20), UInt32(bytes, 42)];
        Widen(values, bytes.Slice(EntryBytes + nameLength, extraLength));
        var entry = new ZipEntry(Offset: values[2], StoredLength: values[1], Length: values[0], IsDeflated: method == 8);
        var isInside = entry.Offset >= 0 && entry.Offset <= _start && entry.StoredLength >= 0 && entry.StoredLength <= _start;
        if (!isInside || entry.Length < 0 || (!entry.IsDeflated && entry.Length != entry.StoredLength))
            throw _file.Wrong(
                $"entry '{name}' claims {entry.Length} bytes, {entry.StoredLength} of them stored, at offset {entry.Offset}.");
        if (!_entries.TryAdd(name, entry))
            throw _file.Wrong($"has two entries '{name}'.");
        return length;
    }

    private string Name(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw _file.Wrong($"{NoArchive}: the name of entry {_entries.Count} is not valid UTF-8.", exception);
        }
    }

    /// <summary>Values that don't fit into 32 bits stand in an extra field, in this order.</summary>
    private static void Widen(long[] values, ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (UInt16(extra, 0), UInt16(extra, 2));
            extra = extra[4..];
            if (length > extra.Length)
                return;
            if (id == 1)
                WidenFrom(values, extra[..length]);
            extra = extra[length..];
        }
    }

    private static void WidenFrom(long[] values, ReadOnlySpan<byte> field)
    {
        for (var index = 0; index < values.Length; index++)
        {
            if (values[index] != uint.MaxValue || field.Length < 8)
                continue;
            values[index] = Int64(field, 0);
            field = field[8..];
        }
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
