using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>One safetensors file to be written.</summary>
internal sealed class SafetensorsShard
{
    /// <summary>Of one write: larger ones were measured to take three times as long.</summary>
    private const long ChunkBytes = 1L << 20;

    private readonly List<KeyValuePair<string, Tensor>> _tensors;
    private readonly byte[] _header;

    /// <exception cref="ArgumentException">
    /// A tensor's type is none of the format's, a name is there twice or reserved, or the header is too long.
    /// </exception>
    public SafetensorsShard(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Names = [.. tensors.Select(entry => entry.Key)];
        if (Names.Contains(SafetensorsReader.MetadataKey))
            throw new ArgumentException(
                $"A tensor can't be called {SafetensorsReader.MetadataKey}: safetensors keeps its texts there.");
        if (Names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two tensors are called '{twice.Key}'.");
        // Wide values first: then every tensor is aligned to its own values.
        _tensors = [.. tensors.OrderByDescending(entry => WeightTypes.Size(entry.Value.dtype))];
        DataBytes = _tensors.Sum(entry => Bytes(entry.Key, entry.Value));
        _header = Header(metadata);
        if (_header.Length > SafetensorsReader.MaximumHeaderBytes)
            throw new ArgumentException(
                $"The header has {_header.Length} bytes; {SafetensorsReader.MaximumHeaderBytes} are allowed. Write shards.");
    }

    /// <summary>The tensors in the order given.</summary>
    public IReadOnlyList<string> Names { get; }

    public long DataBytes { get; }

    /// <summary>Bytes of a tensor in the file.</summary>
    /// <exception cref="ArgumentException">Its type is none of the format's.</exception>
    public static long Bytes(string name, Tensor tensor) =>
        WeightTypes.Safetensors(tensor.dtype) is null
            ? throw new ArgumentException(
                $"{name} has type {tensor.dtype}, which is not written; expected one of {WeightTypes.SafetensorsNames}.")
            : tensor.numel() * WeightTypes.Size(tensor.dtype);

    public void WriteTo(Stream stream)
    {
        Span<byte> length = stackalloc byte[SafetensorsReader.LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, _header.Length);
        stream.Write(length);
        stream.Write(_header);
        foreach (var (_, tensor) in _tensors)
            WriteValues(stream, tensor);
    }

    private static void WriteValues(Stream stream, Tensor tensor)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var (count, chunk) = (tensor.numel(), ChunkBytes / WeightTypes.Size(tensor.dtype));
        var values = tensor.detach().contiguous().view(-1);
        for (var start = 0L; start < count; start += chunk)
        {
            using var part = values.narrow(0, start, Math.Min(chunk, count - start));
            using var there = part.cpu();
            stream.Write(there.bytes);
        }
    }

    /// <summary>The JSON, with spaces behind it so that values begin at a multiple of eight.</summary>
    private byte[] Header(IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsReader.MetadataKey);
            foreach (var (key, text) in metadata)
                json.WriteString(key, text);
            json.WriteEndObject();
            var begin = 0L;
            foreach (var (name, tensor) in _tensors)
                begin = WriteEntry(json, name, tensor, begin);
            json.WriteEndObject();
        }
        var header = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header;
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long begin)
    {
        var end = begin + Bytes(name, tensor);
        json.WriteStartObject(name);
        json.WriteString("dtype", WeightTypes.Safetensors(tensor.dtype));
        json.WriteStartArray("shape");
        foreach (var size in tensor.shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
