using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The types of values that files of weights have.</summary>
internal static class WeightTypes
{
    private static readonly (ScalarType Type, int Size, string Safetensors, string Storage)[] All =
    [
        (ScalarType.Float64, 8, "F64", "DoubleStorage"),
        (ScalarType.Float32, 4, "F32", "FloatStorage"),
        (ScalarType.Float16, 2, "F16", "HalfStorage"),
        (ScalarType.BFloat16, 2, "BF16", "BFloat16Storage"),
        (ScalarType.Int64, 8, "I64", "LongStorage"),
        (ScalarType.Int32, 4, "I32", "IntStorage"),
        (ScalarType.Int16, 2, "I16", "ShortStorage"),
        (ScalarType.Int8, 1, "I8", "CharStorage"),
        (ScalarType.Byte, 1, "U8", "ByteStorage"),
        (ScalarType.Bool, 1, "BOOL", "BoolStorage"),
    ];

    /// <summary>The names of safetensors, for messages.</summary>
    public static string SafetensorsNames => string.Join(", ", All.Select(type => type.Safetensors));

    /// <summary>Bytes of a value.</summary>
    public static int Size(ScalarType type) => All.First(known => known.Type == type).Size;

    /// <summary>The name in safetensors; null where there is none.</summary>
    public static string? Safetensors(ScalarType type) => All.FirstOrDefault(known => known.Type == type).Safetensors;

    /// <summary>The type of that name in safetensors.</summary>
    public static ScalarType? OfSafetensors(string name) => Find(known => known.Safetensors == name);

    /// <summary>The type of a class of <c>torch</c> such as <c>FloatStorage</c>.</summary>
    public static ScalarType? OfStorage(string name) => Find(known => known.Storage == name);

    /// <summary>Whether values of one type may become values of another: real numbers do, whatever their precision.</summary>
    public static bool IsConvertible(ScalarType from, ScalarType to) => from == to || (IsReal(from) && IsReal(to));

    private static bool IsReal(ScalarType type) =>
        type is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;

    private static ScalarType? Find(Func<(ScalarType Type, int Size, string Safetensors, string Storage), bool> isMeant)
    {
        foreach (var known in All)
        {
            if (isMeant(known))
                return known.Type;
        }
        return null;
    }
}
