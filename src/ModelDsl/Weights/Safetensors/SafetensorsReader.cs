using System.Buffers.Binary;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Reads the header of a safetensors file: its length in eight bytes, little-endian, then JSON, then the values, which fill the
/// rest without holes or overlaps.
/// </summary>
internal static class SafetensorsReader
{
    public const int LengthBytes = 8;

    public const int MaximumHeaderBytes = 100_000_000;

    public const string MetadataKey = "__metadata__";

    /// <exception cref="WeightFileException">The header is wrong, or the file's length isn't what it says.</exception>
    public static WeightContents Read(InputFile file)
    {
        Span<byte> prefix = stackalloc byte[LengthBytes];
        file.Read(prefix, 0, "the header's length");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumHeaderBytes)
            throw file.Wrong($"claims a header of {length} bytes; at most {MaximumHeaderBytes} are allowed.");
        if ((long)length > file.Length - LengthBytes)
            throw file.Wrong($"claims a header of {length} bytes and has {file.Length} in all; the file is incomplete.");
        var header = new byte[length];
        file.Read(header, LengthBytes, "the header");

        var dataStart = LengthBytes + (long)length;
        var tensors = new List<StoredTensor>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        JsonText.Read(file, "the header", header, (ref json, name) =>
        {
            if (name == MetadataKey)
                json.Object((ref json, key) => metadata[key] = json.String());
            else
                tensors.Add(Tensor(ref json, name, file, dataStart));
        });
        CheckOffsets(file, tensors, dataStart);
        return new(WeightFormat.Safetensors, tensors, metadata, []);
    }

    private static StoredTensor Tensor(ref JsonText json, string name, InputFile file, long dataStart)
    {
        ScalarType? type = null;
        long[]? shape = null, offsets = null;
        json.Object((ref json, key) =>
        {
            if (key == "dtype")
                type = Type(ref json, name);
            else if (key == "shape")
                shape = json.Numbers(WeightShapes.MaximumRank);
            else if (key == "data_offsets")
                offsets = json.Numbers(2);
            else
                throw json.Wrong($"has '{key}' in tensor '{name}'; expected dtype, shape and data_offsets");
        });
        if (type is not { } known || shape is null || offsets is not [var begin, var end])
            throw json.Wrong($"gives tensor '{name}' without all of dtype, shape and two data_offsets");
        if (begin > end || end > file.Length - dataStart)
            throw json.Wrong(
                $"puts tensor '{name}' at {begin} to {end} of {file.Length - dataStart} bytes of values; "
                    + "the file is incomplete or damaged");
        if (WeightShapes.Bytes(shape, known) != end - begin)
            throw json.Wrong(
                $"gives tensor '{name}' {end - begin} bytes, which is not what {known} {WeightShapes.Text(shape)} takes");
        var region = new ByteRegion(file, $"tensor '{name}'", dataStart + begin, end - begin, end - begin, false);
        return new(new(name, known, shape), region, 0, WeightShapes.Strides(shape));
    }

    private static ScalarType Type(ref JsonText json, string name)
    {
        var text = json.String();
        return WeightTypes.OfSafetensors(text)
            ?? throw json.Wrong($"has dtype '{text}' in tensor '{name}'; expected one of {WeightTypes.SafetensorsNames}");
    }

    private static void CheckOffsets(InputFile file, List<StoredTensor> tensors, long dataStart)
    {
        var (position, before) = (dataStart, "the header");
        foreach (var region in tensors.Select(tensor => tensor.Region)
                     .OrderBy(region => region.Offset).ThenBy(region => region.Length))
        {
            if (region.Offset != position)
                throw file.Wrong(
                    $"{region.What} begins at byte {region.Offset}, but {before} ends at byte {position}; "
                        + "safetensors allows no holes and no overlaps.");
            (position, before) = (region.Offset + region.Length, region.What);
        }
        if (position != file.Length)
            throw file.Wrong($"{before} ends at byte {position}, but the file at byte {file.Length}; expected no surplus.");
    }
}
