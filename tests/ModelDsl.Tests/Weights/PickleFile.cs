using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ModelDsl.Tests.Weights;

/// <summary>Archives with pickles put together by hand, such as no <c>torch.save</c> writes.</summary>
internal static class PickleFile
{
    public static byte[] Zip(byte[] pickle, params (string Name, byte[] Contents)[] entries) =>
        Zip(pickle, CompressionLevel.NoCompression, entries);

    public static byte[] Zip(byte[] pickle, CompressionLevel level, params (string Name, byte[] Contents)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, contents) in entries.Prepend(("a/data.pkl", pickle)))
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(contents);
            }
        }
        return stream.ToArray();
    }

    /// <summary>Operations behind the protocol and before the end: texts as they stand, bytes, and numbers as integers.</summary>
    public static byte[] Pickle(params object[] parts)
    {
        var bytes = new List<byte> { 0x80, 2 };
        foreach (var part in parts)
            bytes.AddRange(part switch
            {
                byte[] raw => raw,
                long number => Number(number),
                int number => Number(number),
                string text => Encoding.Latin1.GetBytes(text),
                _ => throw new ArgumentException($"{part}", nameof(parts)),
            });
        bytes.Add((byte)'.');
        return [.. bytes];
    }

    public static byte[] Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[5 + utf8.Length];
        bytes[0] = (byte)'X';
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), utf8.Length);
        utf8.CopyTo(bytes, 5);
        return bytes;
    }

    /// <summary>The dictionary {"w": tensor} whose storage is data/0.</summary>
    public static byte[] Tensor(string storage, long count, long start, long[] shape, long[] strides) => Pickle(
    [
        "}", Text("w"), "ctorch._utils\n_rebuild_tensor_v2\n", "((", Text("storage"), $"ctorch\n{storage}\n", Text("0"), Text("cpu"),
        count, "tQ", start, .. Tuple(shape), .. Tuple(strides), "\u0089", "ccollections\nOrderedDict\n", ")RtRs",
    ]);

    private static IEnumerable<object> Tuple(long[] values) => ["(", .. values.Cast<object>(), "t"];

    private static byte[] Number(long number)
    {
        var bytes = new byte[10];
        (bytes[0], bytes[1]) = (0x8a, 8);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), number);
        return bytes;
    }
}
