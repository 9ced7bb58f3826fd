namespace ModelDsl;

/// <summary>Reads <c>model.safetensors.index.json</c>, which says which of several files beside it has which tensor.</summary>
internal static class SafetensorsIndex
{
    public const string WeightMapKey = "weight_map";

    public const string MetadataKey = "metadata";

    /// <param name="index">The index.</param>
    /// <param name="opened">Where the files go that are opened, for the caller to close, also when this throws.</param>
    /// <exception cref="WeightFileException">
    /// The index is wrong, a file that it names isn't there, is damaged, or has other tensors than it says.
    /// </exception>
    public static WeightContents Read(InputFile index, List<InputFile> opened)
    {
        var shards = ReadMap(index);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var tensors = new List<StoredTensor>();
        foreach (var (name, expected) in shards)
        {
            var contents = SafetensorsReader.Read(Open(index, name, opened));
            foreach (var (key, text) in contents.Metadata)
                metadata.TryAdd(key, text);
            foreach (var tensor in contents.Tensors)
            {
                if (!expected.Remove(tensor.Entry.Name))
                    throw index.Wrong(
                        $"doesn't list tensor '{tensor.Entry.Name}' in '{name}', which has it; they are not of one set.");
                tensors.Add(tensor);
            }
            if (expected.FirstOrDefault() is { } missing)
                throw index.Wrong($"lists tensor '{missing}' in '{name}', which doesn't have it; they are not of one set.");
        }
        return new(WeightFormat.SafetensorsIndex, tensors, metadata, []);
    }

    private static Dictionary<string, HashSet<string>> ReadMap(InputFile index)
    {
        if (index.Length > SafetensorsReader.MaximumHeaderBytes)
            throw index.Wrong(
                $"is an index of {index.Length} bytes; at most {SafetensorsReader.MaximumHeaderBytes} are allowed.");
        var text = new byte[index.Length];
        index.Read(text, 0, "the index");
        Dictionary<string, HashSet<string>>? shards = null;
        JsonText.Read(index, "the index", text, (ref json, name) =>
        {
            if (name == WeightMapKey)
                shards = Map(ref json);
            else
                json.Skip();
        });
        return shards ?? throw index.Wrong($"is JSON without '{WeightMapKey}'; expected the index of a safetensors model.");
    }

    private static Dictionary<string, HashSet<string>> Map(ref JsonText json)
    {
        var shards = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        json.Object((ref json, tensor) =>
        {
            var shard = json.String();
            if (shard.Length == 0 || shard is "." or ".." || shard.AsSpan().ContainsAny("/\\:\0"))
                throw json.Wrong($"puts tensor '{tensor}' in '{shard}'; expected the name of a file beside the index");
            if (!shards.TryGetValue(shard, out var tensors))
                shards.Add(shard, tensors = new(StringComparer.Ordinal));
            tensors.Add(tensor);
        });
        return shards;
    }

    private static InputFile Open(InputFile index, string name, List<InputFile> opened)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(index.Path))!, name);
        try
        {
            opened.Add(InputFile.Open(path));
            return opened[^1];
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            throw index.Wrong(
                $"names '{name}', which can't be opened beside it: all files of a sharded model are needed.", exception);
        }
    }
}
