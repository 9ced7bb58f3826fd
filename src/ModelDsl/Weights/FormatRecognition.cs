namespace ModelDsl;

/// <summary>Tells formats by the first bytes of files.</summary>
internal static class FormatRecognition
{
    private const string Readable = "safetensors, a safetensors index (.index.json), or what torch.save writes since PyTorch 1.6";

    /// <summary>The pickled number with which <c>torch.save</c> began before PyTorch 1.6.</summary>
    private static ReadOnlySpan<byte> OldMagic =>
        [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <exception cref="WeightFileException">It is none of the formats that are read.</exception>
    public static WeightFormat Recognize(InputFile file)
    {
        Span<byte> buffer = stackalloc byte[16];
        var start = buffer[..file.ReadSome(buffer, 0)];
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
            return WeightFormat.PyTorch;
        if (start.StartsWith(OldMagic))
            throw file.Wrong(
                "has PyTorch's format from before 1.6. Load it in Python and save it again: "
                    + "torch.save(torch.load(path, map_location='cpu'), path).");
        if (IsJson(start))
            return WeightFormat.SafetensorsIndex;
        // A header of more than 2^32 bytes is one too, which is refused by its length.
        if (start.Length > 8 && start[8] == '{')
            return WeightFormat.Safetensors;
        if (start.Length >= 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5)
            throw file.Wrong($"is a pickle without PyTorch's archive round it; expected {Readable}.");
        throw file.Wrong(
            start.Length == 0
                ? $"is empty; expected {Readable}."
                : $"has a format that is not known; expected {Readable}. What module.save of TorchSharp wrote, module.load reads.");
    }

    /// <summary>Text has no zeros, where a safetensors file has the upper half of its header's length.</summary>
    private static bool IsJson(ReadOnlySpan<byte> start)
    {
        var text = start.TrimStart(" \t\r\n"u8);
        return text.Length > 0 && text[0] == '{' && !start.Contains((byte)0);
    }
}
