using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Writes tensors in the safetensors format. <see cref="WeightFile"/> reads it.</summary>
public static class Safetensors
{
    /// <summary>Writes tensors to a file, or, where they are larger than a shard may be, to several files and an index.</summary>
    /// <param name="path">
    /// The file. Of <c>model.safetensors</c> the shards are <c>model-00001-of-00003.safetensors</c> and so on and the index
    /// <c>model.safetensors.index.json</c>. Older files of these names stay until all new ones are safe on the disk.
    /// </param>
    /// <param name="tensors">
    /// The tensors by name: float64, float32, float16, bfloat16, int64, int32, int16, int8, uint8 or bool, on any device, of any
    /// strides. Two that share memory are written twice, as a state dict lists tied weights.
    /// </param>
    /// <param name="metadata">Texts about the file; <c>format: pt</c> is added, which Python's readers look for.</param>
    /// <param name="maximumShardBytes">
    /// The most bytes of values in a file; a larger tensor has one of its own. By default there is no limit.
    /// </param>
    /// <returns>The file to load: <paramref name="path"/>, or the index.</returns>
    /// <exception cref="ArgumentException">A tensor is of another type, or the header would be over 100 MB.</exception>
    public static string Write(
        string path,
        IEnumerable<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        long maximumShardBytes = long.MaxValue)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumShardBytes);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" };
        foreach (var (key, text) in metadata ?? new Dictionary<string, string>())
            texts[key] = text;

        var parts = Split([.. tensors], maximumShardBytes);
        List<SafetensorsShard> shards = [.. parts.Select(part => new SafetensorsShard(part, texts))];
        if (shards is [var only])
        {
            AtomicFile.Write(path, only.WriteTo);
            return path;
        }
        var index = $"{path}.index.json";
        List<(string, Action<Stream>)> files = [.. shards.Select((shard, at) =>
            (Path.Combine(Path.GetDirectoryName(path) ?? "", ShardName(path, at, shards.Count)), (Action<Stream>)shard.WriteTo))];
        AtomicFile.Write([.. files, (index, stream => WriteIndex(stream, path, shards))]);
        return index;
    }

    private static string ShardName(string path, int index, int count)
    {
        var (name, extension) = (Path.GetFileNameWithoutExtension(path), Path.GetExtension(path));
        return FormattableString.Invariant($"{name}-{index + 1:D5}-of-{count:D5}{extension}");
    }

    /// <summary>In the order given, so that a layer's tensors stay together.</summary>
    private static IEnumerable<List<KeyValuePair<string, Tensor>>> Split(
        List<KeyValuePair<string, Tensor>> tensors, long maximumBytes)
    {
        var part = new List<KeyValuePair<string, Tensor>>();
        var bytes = 0L;
        foreach (var entry in tensors)
        {
            var size = SafetensorsShard.Bytes(entry.Key, entry.Value);
            if (part.Count > 0 && size > maximumBytes - bytes)
            {
                yield return part;
                (part, bytes) = ([], 0);
            }
            part.Add(entry);
            bytes += size;
        }
        yield return part;
    }

    private static void WriteIndex(Stream stream, string path, List<SafetensorsShard> shards)
    {
        using var json = new System.Text.Json.Utf8JsonWriter(stream, new() { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject(SafetensorsIndex.MetadataKey);
        json.WriteNumber("total_size", shards.Sum(shard => shard.DataBytes));
        json.WriteEndObject();
        json.WriteStartObject(SafetensorsIndex.WeightMapKey);
        foreach (var (index, shard) in shards.Index())
        {
            foreach (var name in shard.Names)
                json.WriteString(name, ShardName(path, index, shards.Count));
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
